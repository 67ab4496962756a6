import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Writes a file that only its owner may read, whole or not at all: to a temporary name, synced, then given its name. An
 * existing file is never replaced.
 * @throws the file system's EEXIST when there is one already
 */
export const writeSecret = (path: string, content: string | Uint8Array): Promise<void> =>
  write(path, content, async (temporary) => {
    try {
      await link(temporary, path) // unlike rename, it refuses a name that is taken
    } finally {
      await unlink(temporary)
    }
  })

/** The same in the place of the file that is there: whoever reads meanwhile, and a crash, find the old one or the new one. */
export const replaceSecret = (path: string, content: string | Uint8Array): Promise<void> =>
  write(path, content, (temporary) => rename(temporary, path))

/** Whether `replaceSecret` would find room and rights: writes as much beside the file, and takes it away again. */
export const tryOutSecret = (path: string, size: number): Promise<void> => write(path, new Uint8Array(size), unlink)

async function write(
  path: string,
  content: string | Uint8Array,
  name: (temporary: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.new`
  const file = await open(temporary, 'wx', 0o600)
  try {
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await name(temporary)
  } catch (error) {
    await rm(temporary, { force: true }) // also of what the disk had no room for
    throw named(error, path)
  }
  await syncFolder(dirname(path))
}

/** A write that fails names no file by itself, and whoever started the desk wants to know which disk is meant. */
const named = (error: unknown, path: string): unknown =>
  error instanceof Error && 'syscall' in error && !('path' in error) ? Object.assign(error, { path }) : error

/**
 * Erases what processes that are gone left of secrets they were writing. Of a living process nothing is touched; a name with
 * our own number is another's of another container, or one of our own that is just being written, unless it is old.
 */
export async function sweepSecrets(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? 0)
    if (pid === 0) continue
    const path = join(folder, name)
    try {
      const isLeft = pid === process.pid ? Math.abs(Date.now() - (await stat(path)).mtimeMs) > OLD : !isAlive(pid)
      if (isLeft) await unlink(path)
    } catch (error) {
      if (!isMissing(error)) throw error // another process swept it
    }
  }
}

const TEMPORARY = /\.(\d{1,10})\.[0-9a-f]{12}\.new$/
const OLD = 60_000

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** @returns undefined when there is no such file */
export async function readOptional(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Whether it was written already, by another process at the same time perhaps. */
export const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'

/** Makes a name durable: it is so only once its folder is. Windows cannot open a folder and needs none of this. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
