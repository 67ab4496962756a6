import { type EnrolmentDoor, knownOf, type StatementDoor } from '../enrol/doors.ts'
import type { Enrolment } from '../enrol/enrolment.ts'
import type { Kit } from '../enrol/kit.ts'
import { type KnownWord, saidSince } from '../enrol/present-word.ts'
import { changeDeskRecord, type DeskRecord, deskName, readDeskRecord } from '../state/desk-record.ts'
import { recordOfWord } from '../state/record-changes.ts'
import { recordsOf, rememberWord } from '../state/remember-word.ts'
import { stop } from '../ui/cli-error.ts'
import type { Here } from './here.ts'

/** The desk of a kit, which answers, and is remembered. */
export interface DeskOfKit {
  /** Of its record. */
  readonly name: string
  readonly desk: Enrolment
  /** Its record as the desk’s present word has it, over what is known of requests. */
  recordOf(present: DeskRecord | undefined): DeskRecord
}

/**
 * Finds the desk of a kit, before anything is made or sent.
 * @throws kit_root_other, record_malformed, and the failures of the connection
 */
export async function deskOfKit(here: Here & StatementDoor & EnrolmentDoor, kit: Kit): Promise<DeskOfKit> {
  const { paths } = here
  const { environment } = kit.rules
  const name = deskName(kit.desk.id, environment)
  const word = await here.word(await newestWord(here, kit))
  // Of two words of one desk, one was said by whoever had its key for a moment, and nobody here knows which.
  if (kit.desk.roots[environment].trim() !== word.roots[environment].trim() && !(await readDeskRecord(paths, name)))
    stop('kit_root_other', { environment })
  const recordOf = (present: DeskRecord | undefined): DeskRecord => recordOfWord(word, environment, present, here.now())
  const desk = await here.enrolment(recordOf(undefined))
  await here.applicant()
  await desk.prepare()
  // A run that is killed once the desk has the request finds it again by this.
  await changeDeskRecord(paths, name, recordOf)
  await rememberWord(paths, word, here.now())
  here.checkpoint()
  return { name, desk, recordOf }
}

/**
 * The kit may be older than what is known of its desk here, which may have moved since; or what is known was said by whoever had the desk's
 * key, and the desk is where the kit has it. @throws record_malformed
 */
async function newestWord(here: Here, { desk }: Kit): Promise<KnownWord> {
  const since = ({ saidAt }: KnownWord): number => saidSince(saidAt, here.now())
  const all: KnownWord[] = [...(await recordsOf(here.paths, desk.id)).map(({ record }) => knownOf(record)), desk]
  const newest = all.reduce((newest, one) => (since(one) > since(newest) ? one : newest))
  return { ...newest, places: all.flatMap(({ services, places = [] }) => [services.portal, ...places]) }
}
