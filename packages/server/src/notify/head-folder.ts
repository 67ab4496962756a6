import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeadTarget } from '../core/log/push.ts'

/**
 * A folder that the desk adds to and never writes over: a file a head, `head-000000000042.note`, durable when it is told of. Half of one
 * is finished where it stands: in a folder that can only be added to, no other name could be taken back. That nobody takes them away is
 * for whoever keeps the folder (write once, append only).
 *
 * @param place tells the host and the desk: a folder of the same path elsewhere is another one
 */
export const headFolder = (path: string, place: string): HeadTarget => ({
  name: path,
  place,
  send: async ({ size, note }) => {
    await mkdir(path, { recursive: true })
    const file = join(path, `head-${String(size).padStart(12, '0')}.note`)
    const bytes = Buffer.from(note)
    const made = await open(file, 'wx', 0o644).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      return undefined
    })
    if (made) return writeFrom(made, bytes, 0).catch((error: unknown) => takeBack(file, error))
    // Another desk of the database was first, or this one before it was killed or the disk was full.
    const there = await readAtMost(file, bytes.length + 1)
    if (!bytes.subarray(0, there.length).equals(there)) throw new Error(`${file} is there already, and is another head`)
    if (there.length < bytes.length) await writeFrom(await open(file, constants.O_RDWR | PLAIN), bytes, there.length)
  },
})

async function writeFrom(file: FileHandle, bytes: Buffer, start: number): Promise<void> {
  try {
    for (let at = start; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Where that is not allowed, half of a head stays: it is finished if it is the one that is sent next. */
async function takeBack(file: string, error: unknown): Promise<never> {
  await unlink(file).catch(() => undefined)
  throw error
}

async function readAtMost(path: string, length: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | PLAIN)
  try {
    if (!(await file.stat()).isFile()) throw new Error(`${path} is there already, and is no file`)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** No link is followed, and nothing waits for a pipe; Windows knows neither. */
const PLAIN = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
