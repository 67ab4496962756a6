import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outside } from '../outside.ts'
import { type PartFile, partFile } from './part.ts'

/** What is not to be believed yet, and has no place of its own. */
export type NamelessPart = Pick<PartFile, 'handle' | 'write' | 'give' | 'flush' | 'discard'>

/**
 * A temporary file without a name, where that can be: then nothing is left of it even when this process is killed.
 * @throws file_unwritable, disk_full
 */
export async function namelessPart({ env, platform, atExit }: Outside): Promise<NamelessPart> {
  const part = await partFile(join(env.TMPDIR || tmpdir(), 'content'), false, atExit)
  if (platform === 'win32') return part // a file that is open keeps its name there
  try {
    await rm(part.path)
    return part
  } catch (error) {
    await part.discard()
    throw error
  }
}
