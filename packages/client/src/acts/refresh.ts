import type { EnrolmentDoor } from '../enrol/doors.ts'
import { changeKnownDesk, mayHaveRequest, type NamedRecord, readDeskRecord } from '../state/desk-record.ts'
import { withList } from '../state/record-changes.ts'
import type { Here } from './here.ts'

/** Hears the desk's present word about all requests, and remembers it. @throws DeskRefusal, failures of the connection */
export async function refresh(here: Here & EnrolmentDoor, { name, record }: NamedRecord): Promise<NamedRecord> {
  const desk = await here.enrolment(record)
  const before = (await readDeskRecord(here.paths, name)) ?? record
  const items = await desk.list()
  const heardAt = here.now().toISOString()
  const changed = await changeKnownDesk(here.paths, { name, record }, (present) => ({
    ...withList(present, items, before.requests),
    heardAt,
    // Of a run that was killed while it enrolled: whether the desk had taken its request.
    ...(items.length > 0 && mayHaveRequest(present) && { enrolledAt: present.enrolledAt ?? heardAt }),
  }))
  return { name, record: changed }
}
