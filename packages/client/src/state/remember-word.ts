import type { DeskWord } from '@scel/contract/kit'
import { changeKnownDesk, type NamedRecord, readDeskRecords } from './desk-record.ts'
import type { Paths } from './paths.ts'
import { withWord } from './record-changes.ts'

/**
 * Has every environment of a desk know its present word, after somebody answered for it where it says the desk is.
 * @throws record_malformed, file_unwritable, state_busy
 */
export async function rememberWord(paths: Paths, word: DeskWord, now: Date): Promise<void> {
  for (const named of await recordsOf(paths, word.id))
    await changeKnownDesk(paths, named, (present) => withWord(present, word, now))
}

/** What is known of a desk, in each of its environments. @throws record_malformed */
export const recordsOf = async (paths: Paths, id: string): Promise<NamedRecord[]> =>
  (await readDeskRecords(paths)).filter(({ record }) => record.desk.id === id)
