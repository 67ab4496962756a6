// Files and folders of a disk as the archive that they are sealed as.

import type { FileHandle } from 'node:fs/promises'
import type { ArchiveContent, ArchiveItem } from '@scel/files/archives/write'
import { writeArchive } from '@scel/files/archives/write'
import { stop } from '../ui/cli-error.ts'
import { type Count, openToRead, sameState } from './file-source.ts'
import type { Entry } from './gather.ts'
import { unreadable } from './unreadable.ts'

/** The archive as it is made: nothing of it is held but the list of its entries. @throws what reading files throws */
export function zipOf(
  entries: readonly Entry[],
  signal: AbortSignal,
  count: Count = () => {},
): AsyncGenerator<Uint8Array> {
  return writeArchive(
    entries.map(({ name, file, modified, executable }): ArchiveItem => {
      const about = { name, modified, executable }
      return file === undefined ? about : { ...about, open: () => contentOf(file, signal, count) }
    }),
  )
}

async function contentOf(file: string, signal: AbortSignal, count: Count): Promise<ArchiveContent> {
  if (signal.aborted) stop('interrupted')
  const { handle, found } = await openToRead(file, false)
  return { size: found.size, bytes: bytesOf() }

  /** Closes the file, whatever becomes of it. */
  async function* bytesOf(): AsyncGenerator<Uint8Array> {
    try {
      let read = 0
      for await (const bytes of pieces(handle, found.size, file)) {
        if (signal.aborted) stop('interrupted')
        read += bytes.length
        count(bytes.length)
        yield bytes
      }
      if (read !== found.size || !sameState(await handle.stat(), found)) stop('file_changed', { file })
    } finally {
      await handle.close()
    }
  }
}

/** Each in memory of its own: the archive keeps some while it works on them. */
async function* pieces(handle: FileHandle, size: number, file: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE, size - at))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at).catch((error: unknown) => {
      throw unreadable(error, file)
    })
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

const PIECE = 256 * 1024
