import { join } from 'node:path'
import type { Instant } from '../core/world.ts'
import { isTaken, readOptional, replaceSecret, writeSecret } from './secret-file.ts'

/** What a folder of keys notes about its database, where whoever writes to the database does not come. */
export interface FolderNotes {
  /** Whether the rows of the database have had their codes: from then on a row without one is forged. */
  codesInForce(): Promise<boolean>
  putCodesInForce(): Promise<void>
  /** Whether the inventories of the database were filled: from then on a missing one is missed; `otherwise`, where they named something else then. */
  inventoriesInForce(): Promise<boolean | 'otherwise'>
  putInventoriesInForce(): Promise<void>
  /** When the first mark was made here; `never`; undefined where codes came into force before that was noted. */
  firstMark(): Promise<Instant | 'never' | undefined>
  noteMark(at: Instant): Promise<void>
}

/** In one file of the folder, `row-codes`, which cannot lose the one and keep the other: a first line since the codes, a second since the first mark. */
export function folderNotes(folder: string): FolderNotes {
  const path = join(folder, 'row-codes')
  let noted = false
  const lines = async (): Promise<readonly string[] | undefined> => {
    const bytes = await readOptional(path)
    return bytes && Buffer.from(bytes).toString('utf8').split('\n')
  }
  const firstMark = async (): Promise<Instant | 'never' | undefined> => {
    const [first, second = ''] = (await lines()) ?? []
    if (!MARKS_NOTED.includes(first ?? '') || second === 'unknown') return undefined
    return MARKED.exec(second)?.[1] ?? 'never'
  }
  return {
    codesInForce: async () => (await lines()) !== undefined,
    putCodesInForce: () =>
      writeSecret(path, `${NOTES}\n`).catch((error: unknown) => {
        if (!isTaken(error)) throw error // another process has noted it
      }),
    inventoriesInForce: async () => {
      const first = (await lines())?.[0]
      return first === FORMERLY_LISTED ? 'otherwise' : first === LISTED
    },
    putInventoriesInForce: async () => {
      const [first, ...rest] = (await lines()) ?? []
      if (first === LISTED) return
      // Where codes came into force before marks were noted, nobody knows when the first was made: it stays so.
      await replaceSecret(path, [LISTED, ...(MARKS_NOTED.includes(first ?? '') ? rest : ['unknown', ''])].join('\n'))
    },
    firstMark,
    noteMark: async (at) => {
      if (noted) return
      const first = await firstMark()
      const [kind = NOTES] = (await lines()) ?? []
      const noting = MARKS_NOTED.includes(kind) ? kind : NOTES
      if (first === undefined || first === 'never') await replaceSecret(path, `${noting}\nmarked ${at}\n`)
      noted = true
    },
  }
}

/** Its first line was `scel-row-codes/1` before marks were noted. */
const NOTES = 'scel-row-codes/2'
/** The same since inventories are in force, while they named what waits, too. */
const FORMERLY_LISTED = 'scel-row-codes/3'
/** The same since they name what holds. */
const LISTED = 'scel-row-codes/4'
const MARKS_NOTED: readonly string[] = [NOTES, FORMERLY_LISTED, LISTED]
const MARKED = /^marked (\S+)$/
