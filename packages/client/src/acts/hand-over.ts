import type { RequestSummary } from '@scel/contract/values'
import type { EnrolmentDoor } from '../enrol/doors.ts'
import { isAsWished, namesOf, wishText } from '../enrol/wish.ts'
import type { NamedRecord } from '../state/desk-record.ts'
import { type HandedOver, writeHandOver } from '../state/hand-over.ts'
import { stop } from '../ui/cli-error.ts'
import { type Confirmed, confirmIssued } from './confirm-issued.ts'
import { fetchIssued } from './fetch-issued.ts'
import type { Here } from './here.ts'

export interface Downloaded extends Confirmed {
  readonly files: HandedOver
}

/**
 * Fetches the certificate of a request whose key is elsewhere, checks it, writes it into a folder to be handed over, and confirms. It can be
 * done again: what was written before is then written anew.
 * @throws certificate_key_other, certificate_names_other, ForeignChain, hand_over_taken, hand_over_newer, DeskRefusal, failures of the connection
 */
export async function handOverOne(
  here: Here & EnrolmentDoor,
  named: NamedRecord,
  { number }: RequestSummary,
  folder: string,
): Promise<Downloaded> {
  const { record } = named
  const desk = await here.enrolment(record)
  const fetched = await fetchIssued(here, desk, named, number)
  const { certificate, chain, key } = fetched
  const asked = record.asked?.[key]
  if (record.keys[number] !== key || !asked?.elsewhere) return stop('certificate_key_other', { number })
  if (!isAsWished(certificate, asked)) {
    const found = wishText(namesOf(certificate))
    stop('certificate_names_other', { number, found, asked: wishText(asked) })
  }
  const later = record.requests.flatMap((one) => (one.number > number && one.certificate ? one.certificate.serial : []))
  const files = await writeHandOver(folder, { certificate, chain }, new Set(later))
  return { ...(await confirmIssued(here, desk, named, number, fetched, 'downloaded')), files }
}
