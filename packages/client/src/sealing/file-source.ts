import { constants, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { stop } from '../ui/cli-error.ts'
import { unreadable } from './unreadable.ts'

/** What to call for every part that was read. */
export type Count = (bytes: number) => void

export interface FileSource extends AsyncIterable<Uint8Array> {
  readonly length: number
}

/**
 * A file as it is read, in parts of 1 MiB. The next part is read while the present one is worked on; a part is
 * overwritten by the one after the next, so nobody keeps one.
 * @throws file_missing, file_unreadable, not_a_file; while it is read also file_changed and interrupted
 */
export async function readFileInParts(file: string, signal: AbortSignal, count: Count = () => {}): Promise<FileSource> {
  const { handle, found } = await openToRead(file)
  let used = false
  return {
    length: found.size,
    async *[Symbol.asyncIterator]() {
      if (used) throw new RangeError('a file source is read once')
      used = true
      try {
        yield* parts(handle, file, found, signal, count)
      } finally {
        await handle.close()
      }
    },
  }
}

/** Opens a file that can be read from end to end. `follow` is for names that a person gave. */
export async function openToRead(file: string, follow = true): Promise<{ handle: FileHandle; found: Stats }> {
  try {
    // O_NONBLOCK: opening a named pipe would wait for its writer
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (follow ? 0 : (constants.O_NOFOLLOW ?? 0))
    const handle = await open(file, flags)
    const found = await handle.stat()
    if (found.isFile()) return { handle, found }
    await handle.close()
  } catch (error) {
    throw unreadable(error, file)
  }
  return stop('not_a_file', { file })
}

async function* parts(
  handle: FileHandle,
  file: string,
  before: Stats,
  signal: AbortSignal,
  count: Count,
): AsyncGenerator<Uint8Array> {
  const buffers = [Buffer.allocUnsafeSlow(PART), Buffer.allocUnsafeSlow(PART)]
  let read = 0
  const next = (turn: number): Promise<Uint8Array | undefined> => {
    const buffer = buffers[turn % 2]!
    return handle
      .read(buffer, 0, PART)
      .then(({ bytesRead }) => (bytesRead > 0 ? buffer.subarray(0, bytesRead) : undefined))
  }
  let coming = next(0)
  try {
    for (let turn = 1; ; turn++) {
      const part = await coming
      if (signal.aborted) stop('interrupted')
      if (!part) break
      coming = next(turn)
      read += part.length
      yield part
      count(part.length)
    }
  } catch (error) {
    throw unreadable(error, file)
  } finally {
    await coming.catch(() => undefined) // the file is closed after that
  }
  const after = await handle.stat()
  if (read !== before.size || after.mtimeMs !== before.mtimeMs) stop('file_changed', { file })
}

const PART = 1024 * 1024
