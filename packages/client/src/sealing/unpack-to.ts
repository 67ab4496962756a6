import { join } from 'node:path'
import type { Outside } from '../outside.ts'
import { stop } from '../ui/cli-error.ts'
import type { Count } from './file-source.ts'
import { type PartFile, partFolder } from './part.ts'

export interface Unpacked {
  readonly folder: string
  readonly files: number
}

interface Where {
  readonly folder: string
  /** Of the archive. */
  readonly name: string
  /** Whether the person chose the name, as against the folder alone. */
  readonly exact: boolean
}

/**
 * Unpacks beside the archive, and puts the whole in its place: a folder with all that is in it, or the one thing in it when that
 * bears the very name. What gets a name here gets it from whoever opens; a name that the archive chose could be one that a
 * shell or another program acts upon.
 * @throws interrupted, and what `unzip` and `partFolder` throw
 */
export async function unpackTo(
  { folder, name: archive, exact }: Where,
  { handle }: Pick<PartFile, 'handle'>,
  { platform, signal, atExit }: Outside,
  count: Count,
): Promise<Unpacked> {
  const name = exact ? archive : archive.replace(/(?<!^\.*)\.zip$/i, '') // what is left is never dots alone
  const named = join(folder, name)
  const { unzip } = await import('./unzip.ts')
  const part = await partFolder(named, atExit)
  try {
    const { tops, files } = await unzip(handle, part.path, { platform, signal, count })
    if (signal.aborted) stop('interrupted')
    await part.commit(named, tops.length === 1 && tops[0] === name && !exact ? name : undefined)
    return { folder: named, files }
  } finally {
    await part.discard()
  }
}
