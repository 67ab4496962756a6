import type { AuditTarget } from '@scel/contract/values'

/**
 * What lines of the log are about, by its kind, and after whom the name is that a line gives it: this is what erasing a person goes by (decision 0057).
 *
 * - `nobody`: it is no person's, or has no name
 * - `itself`: it is the person, by their id
 * - `holder`: somebody has it, or asked for it; whose it is, the store of erasure finds (`thingsOf`)
 *
 * A kind that is not here is refused by the compiler: whoever writes of a new one says whose its name is.
 */
const TARGETS = {
  applicant: 'nobody', // a key
  authority: 'nobody',
  certificate: 'holder',
  clock: 'nobody',
  credential: 'holder',
  delivery: 'nobody',
  desk: 'nobody',
  intent: 'nobody',
  kit: 'nobody',
  log: 'nobody',
  organisation: 'nobody',
  person: 'itself',
  request: 'holder',
  service: 'nobody',
  session: 'nobody',
  // Rows that somebody else wrote are told of by their table, and never by a name.
  audit_event: 'nobody',
  crl: 'nobody',
  inventory: 'nobody',
  invitation: 'nobody',
  log_head: 'nobody',
  person_grant: 'nobody',
  request_step: 'nobody',
  setting: 'nobody',
} as const
export const AFTER_WHOM: Readonly<Record<AuditTarget, 'nobody' | 'itself' | 'holder'>> = TARGETS

/** Those that are somebody's. */
export type HeldKind = { [K in AuditTarget]: (typeof TARGETS)[K] extends 'holder' ? K : never }[AuditTarget]

/** What a line is about. */
export interface Target {
  readonly kind: AuditTarget
  readonly id: string
  readonly name?: string
}
