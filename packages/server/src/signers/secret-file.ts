import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file that only its owner may read, whole or not at all: to a temporary name, synced, then given its name. An
 * existing file is never replaced.
 * @throws the file system's EEXIST when there is one already
 */
export async function writeSecret(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(temporary, path) // unlike rename, it refuses a name that is taken
  } finally {
    await unlink(temporary)
  }
  await syncFolder(dirname(path))
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

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Makes a name durable: it is so only once its folder is. Windows cannot open a folder and needs none of this. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
