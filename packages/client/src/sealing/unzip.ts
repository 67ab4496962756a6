// Takes an archive apart that sealing made: what is in it becomes files and folders of a disk.

import { type FileHandle, mkdir, open, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveRefused } from '@scel/files/archives'
import { type ArchiveEntry, readArchive } from '@scel/files/archives/read'
import { codeOf, writeFailure } from '../state/files.ts'
import { CliError, stop } from '../ui/cli-error.ts'
import { accessToFile, type Count } from './file-source.ts'

export interface UnzipOptions {
  readonly platform: NodeJS.Platform
  readonly signal: AbortSignal
  readonly count?: Count
  /** How many files and folders at most. @default MOST_ENTRIES */
  readonly most?: number
}

export interface Unpacked {
  /** Names at the top. */
  readonly tops: readonly string[]
  /** How many files there are. */
  readonly files: number
}

/**
 * Unpacks into a folder that is empty.
 * @throws archive_refused with the reason, disk_full, file_unwritable, interrupted
 */
export async function unzip(handle: FileHandle, folder: string, options: UnzipOptions): Promise<Unpacked> {
  const { platform, most } = options
  const on = platform === 'win32' ? 'windows' : 'elsewhere'
  try {
    const source = await accessToFile(handle)
    const { entries, tops, files } = await readArchive(source, { on, ...(most === undefined ? {} : { most }) })
    const folders: [string, Date][] = []
    for (const entry of entries) {
      if (options.signal.aborted) stop('interrupted')
      const path = join(folder, ...entry.name.split('/'))
      if (entry.kind === 'folder') {
        await mkdir(path, { recursive: true, mode: 0o700 }).catch((error) => unwritable(error, path))
        folders.push([path, entry.modified])
      } else await extract(entry, path, options)
    }
    // deepest last in the archive: a folder keeps its date once nothing is written into it any more
    for (const [path, date] of folders.reverse()) await utimes(path, date, date).catch(() => undefined)
    return { tops, files }
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error
    throw new CliError('archive_refused', { reason: error.reason, name: error.entry }, error)
  }
}

async function extract(entry: ArchiveEntry, path: string, { signal, count }: UnzipOptions): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 }).catch((error) => unwritable(error, path))
  const mode = entry.executable ? 0o700 : 0o600
  // wx: two names that are one on this file system (case, Unicode forms) do not write over each other
  const file = await open(path, 'wx', mode).catch((error) => {
    if (codeOf(error) === 'EEXIST') throw new ArchiveRefused('twice', entry.name)
    return unwritable(error, path)
  })
  try {
    await entry.copyTo({
      async write(bytes) {
        if (signal.aborted) stop('interrupted')
        try {
          for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
        } catch (error) {
          throw writeFailure(error, path)
        }
        count?.(bytes.length)
      },
    })
    await file.utimes(entry.modified, entry.modified)
  } finally {
    await file.close()
  }
}

const unwritable = (error: unknown, path: string): never => {
  throw writeFailure(error, path)
}
