import { join } from 'node:path'
import type { Instant } from '../core/world.ts'
import { readOptional, replaceSecret } from './secret-file.ts'

/** What a folder of keys notes about its mark, where whoever takes that away need not come. */
export interface FolderNotes {
  /** When the first mark was made here; `never`; undefined where the note does not say it any more. */
  firstMark(): Promise<Instant | 'never' | undefined>
  noteMark(at: Instant): Promise<void>
}

/** In a file of the folder, `marked`. */
export function folderNotes(folder: string): FolderNotes {
  const path = join(folder, 'marked')
  let noted = false
  const firstMark = async (): Promise<Instant | 'never' | undefined> => {
    const bytes = await readOptional(path)
    return bytes ? MARKED.exec(Buffer.from(bytes).toString('utf8'))?.[1] : 'never'
  }
  return {
    firstMark,
    noteMark: async (at) => {
      if (noted) return
      const first = await firstMark()
      if (first === undefined || first === 'never') await replaceSecret(path, `marked ${at}\n`)
      noted = true
    },
  }
}

/** What a version before the first release noted in its folder, from its first start on. */
export const FORMER_NOTE = 'row-codes'

const MARKED = /^marked (\S+)\n$/
