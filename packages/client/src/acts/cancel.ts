import type { RequestSummary } from '@scel/contract/values'
import type { EnrolmentDoor } from '../enrol/doors.ts'
import type { Stores } from '../keystores/index.ts'
import { changeKnownDesk, type NamedRecord } from '../state/desk-record.ts'
import { withRequest } from '../state/record-changes.ts'
import { forgetKeys, type KeyStays } from './forget-keys.ts'
import type { Here } from './here.ts'

/** How it is coming on. */
export type CancelEvent = { readonly event: 'cancelled'; readonly request: RequestSummary } | KeyStays

/** Takes a pending request back, and removes its key. @throws DeskRefusal, failures of the connection */
export async function cancel(
  here: Here & Stores & EnrolmentDoor,
  { name, record }: NamedRecord,
  number: number,
  tell: (event: CancelEvent) => void,
): Promise<RequestSummary> {
  const desk = await here.enrolment(record)
  const request = await desk.cancel(number)
  const changed = await changeKnownDesk(here.paths, { name, record }, (present) => withRequest(present, request))
  tell({ event: 'cancelled', request })
  await forgetKeys(here, { name, record: changed }, [request], tell)
  return request
}
