import type { RequestSummary } from '@scel/contract/values'
import type { Enrolment } from '../enrol/enrolment.ts'
import { changeKnownDesk, type NamedRecord } from '../state/desk-record.ts'
import { withRequest } from '../state/record-changes.ts'
import type { Fetched } from './fetch-issued.ts'
import type { Here } from './here.ts'

/** What is known of a certificate whose request the desk has closed. */
export interface Confirmed {
  readonly request: RequestSummary
  /** As the certificate itself says it, as its serial number. */
  readonly notAfter: string
  readonly serial: string
  /** Serial numbers of earlier certificates of the subject, revoked now. */
  readonly superseded: readonly string[]
}

/**
 * Says to the desk what became of a certificate, and remembers what it answers.
 * @throws DeskRefusal, failures of the connection
 */
export async function confirmIssued(
  here: Here,
  desk: Enrolment,
  named: NamedRecord,
  number: number,
  { certificate, key }: Fetched,
  how: 'installed' | 'downloaded',
): Promise<Confirmed> {
  const serial = certificate.serialHex
  const { request, superseded } = await desk.confirm(number, { how, serial })
  await changeKnownDesk(here.paths, named, (present) => withRequest(present, request, key))
  return { request, notAfter: certificate.notAfter.toISOString(), serial, superseded }
}
