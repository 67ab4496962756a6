import { constants, readSync, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { RandomAccess } from '@scel/files/archives'
import { stop } from '../ui/cli-error.ts'
import { unreadable } from './unreadable.ts'

/** What to call for every part that was read. */
export type Count = (bytes: number) => void

export interface FileSource extends AsyncIterable<Uint8Array> {
  readonly length: number
}

/**
 * A file as it is read, in parts of 1 MiB; a part is overwritten by the one after the next, so nobody keeps one. What
 * a disk gives is read ahead while the present part is worked on. What comes from memory is read when it is wanted: it
 * is then still in the cache of the processor that works on it, and the other one is left to those who write.
 * @throws file_missing, file_unreadable, not_a_file; while it is read also file_changed and interrupted
 */
export async function readFileInParts(file: string, signal: AbortSignal): Promise<FileSource> {
  const { handle, found: before } = await openToRead(file)
  await handle.close() // it is opened once more when its turn has come, and nobody has to close what is never read
  return {
    length: before.size,
    async *[Symbol.asyncIterator]() {
      const { handle, found } = await openToRead(file)
      try {
        yield* parts(handle, file, signal)
        const after = await handle.stat()
        if ([found, after].some((one) => one.ino !== before.ino || !sameState(one, before)))
          stop('file_changed', { file })
      } finally {
        await handle.close()
      }
    },
  }
}

/** Whether nothing was written to a file between two looks at it. */
export const sameState = (one: Stats, other: Stats): boolean => one.size === other.size && one.mtimeMs === other.mtimeMs

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

/** A file that is open already, for whoever reads it anywhere. */
export async function accessToFile(handle: FileHandle): Promise<RandomAccess> {
  const { size } = await handle.stat()
  return {
    size,
    async read(at, length) {
      const buffer = Buffer.allocUnsafeSlow(length)
      const { bytesRead } = await handle.read(buffer, 0, length, at)
      return buffer.subarray(0, bytesRead)
    },
  }
}

async function* parts(handle: FileHandle, file: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffers = [new Uint8Array(PART), new Uint8Array(PART)] as const
  const bufferOf = (turn: number): Uint8Array => (turn % 2 === 0 ? buffers[0] : buffers[1])
  let quick = false
  const timed = (begun: number): void => {
    quick = performance.now() - begun < QUICK
  }
  const now = (turn: number): number => {
    const begun = performance.now()
    const length = readSync(handle.fd, bufferOf(turn), 0, PART, null)
    timed(begun)
    return length
  }
  const ahead = (turn: number): Promise<number> => {
    const begun = performance.now()
    const reading = handle.read(bufferOf(turn), 0, PART).then(({ bytesRead }) => {
      timed(begun)
      return bytesRead
    })
    reading.catch(() => undefined) // whoever waits for it hears of it
    return reading
  }
  let coming: Promise<number> | undefined = ahead(0)
  try {
    for (let turn = 0; ; turn++) {
      const length = coming ? await coming : now(turn)
      if (signal.aborted) stop('interrupted')
      if (length === 0) return
      coming = quick && turn % RUN > 0 ? undefined : ahead(turn + 1)
      yield bufferOf(turn).subarray(0, length)
    }
  } catch (error) {
    throw unreadable(error, file)
  } finally {
    await coming?.catch(() => 0) // the file is closed after that
  }
}

const PART = 1024 * 1024
/** Milliseconds in which memory gives a part, and no disk does. */
const QUICK = 1
/** Parts in a row without a look at what else happens: Ctrl-C, the progress bar. */
const RUN = 64
