import { readdir } from 'node:fs/promises'
import { FORMER_NOTE, folderNotes } from './folder-notes.ts'
import { isMissing } from './secret-file.ts'

/** What lies in a folder of keys, before anything is made there. */
export interface FolderState {
  /** Whether there is a key of a desk. */
  readonly keys: boolean
  /** Whether a desk has come so far with its database that it kept a mark of it. */
  readonly marked: boolean
  /** Whether a version before the first release made it. */
  readonly former: boolean
}

export async function stateOfFolder(folder: string): Promise<FolderState> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return []
    throw error
  })
  return {
    keys: names.some((name) => name.endsWith('.key')),
    marked: names.includes('high-water.json') || (await folderNotes(folder).firstMark()) !== 'never',
    former: names.includes(FORMER_NOTE),
  }
}
