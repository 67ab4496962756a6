import type { AUDIT_FACTS, AuditAction, AuditFact } from '@scel/contract/values'

/** A fact that people typed, or that names them. */
export type PersonalFact = { [F in AuditFact]: (typeof AUDIT_FACTS)[F] extends 'personal' ? F : never }[AuditFact]

/**
 * Whose each of them is.
 *
 * - `whose`: theirs whose id the public fact `whose` of the line is; where that is not there, the actor's
 * - `target`: theirs who has what the line is about; and theirs whose mailbox it says
 *
 * One that is not here is refused by the compiler.
 */
export const PERSONAL_FACTS: Readonly<Record<PersonalFact, 'whose' | 'target'>> = {
  asked: 'whose',
  claims: 'target',
  name: 'whose',
  reason: 'whose',
}

/** Words of the desk under a fact that elsewhere is what people typed, and the names of organisations. */
export const SAID_BY_THE_DESK: { readonly [A in AuditAction]?: readonly PersonalFact[] } = {
  'certificate.revoked': ['reason'],
  'certificate.compromised': ['reason'],
  'certificate.given_up': ['reason'],
  'credential.ended': ['reason'],
  'session.ended': ['reason'],
  'request.replaced': ['reason'],
  'organisation.created': ['name'],
}

/** What the actor calls the thing that the line is about: theirs, whosever the thing is. */
export const NAMED_BY_ACTOR: readonly AuditAction[] = ['credential.named']
