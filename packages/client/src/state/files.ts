// Everything that scel writes goes through here: a temporary name, sync, rename, so that a crash or Ctrl-C leaves the
// old file or the new one and never half of one. Keys and what leads to them are 0600 in folders of 0700. What a killed
// run left under a temporary name, a key perhaps, or the second name of a whole one, goes when the same folder is met again.

import { constants, existsSync } from 'node:fs'
import { type FileHandle, link, lstat, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CliError, stop } from '../ui/cli-error.ts'
import { partName } from './part-name.ts'
import { sweep } from './sweep.ts'

/** Writes a file that only its owner may read. @throws file_unwritable, disk_full */
export const writePrivate = (file: string, content: string | Uint8Array): Promise<void> => write(file, content, rename)

/** The same, but never over a file that is there already. @throws file_exists, file_unwritable, disk_full */
export const writeNew = (file: string, content: string | Uint8Array): Promise<void> => write(file, content, putIfFree)

/** Writes a file that everybody may read, as far as the user's umask lets them. @throws file_unwritable, disk_full */
export const writeShared = (file: string, content: string | Uint8Array): Promise<void> =>
  write(file, content, rename, SHARED)

/** The same, but never over a file that is there already. @throws file_exists, file_unwritable, disk_full */
export const writeSharedNew = (file: string, content: string | Uint8Array): Promise<void> =>
  write(file, content, putIfFree, SHARED)

/** A link, unlike a rename, fails when the name is taken, in one step. */
const putIfFree: PutInPlace = async (temporary, file) => {
  await link(temporary, file).catch((error: unknown) => {
    throw codeOf(error) === 'EEXIST' ? new CliError('file_exists', { file }, error) : error
  })
  await rm(temporary)
}

/**
 * Refuses before work is done: a name that something else than a file has (a rename would put a file in the place of a
 * device), and without `force` any that is taken.
 * @throws file_exists, target_not_file
 */
export async function checkTarget(file: string, force: boolean): Promise<void> {
  const there = await stat(file).catch(() => undefined) // what a link leads to, as /dev/stdout does
  if (there && !there.isFile()) stop('target_not_file', { file })
  if (!force && (await lstat(file).catch(() => undefined))) {
    await sweepOnce(dirname(file)) // it may have been killed with two names, and nothing will be written here now
    stop('file_exists', { file })
  }
}

type PutInPlace = (temporary: string, file: string) => Promise<void>
const SHARED = 0o644

async function write(file: string, content: string | Uint8Array, putInPlace: PutInPlace, mode = 0o600): Promise<void> {
  const temporary = join(dirname(file), partName(basename(file)))
  try {
    await makePrivateFolder(dirname(file))
    const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await putInPlace(temporary, file)
    await syncFolder(dirname(file))
    await sweepOnce(dirname(file))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeFailure(error, file)
  }
}

const swept = new Set<string>()
/** Erases what killed runs left in a folder, once in this run. Never throws. */
export async function sweepOnce(folder: string): Promise<void> {
  if (swept.has(folder)) return
  swept.add(folder)
  await sweep(folder, new Date())
}

/** The same, unless the file holds exactly this already. Says whether it wrote. */
export async function writePrivateIfChanged(file: string, content: string | Uint8Array): Promise<boolean> {
  const wanted = Buffer.from(content)
  const present = await readFile(file).catch(() => undefined)
  if (present?.equals(wanted)) return false
  await writePrivate(file, wanted)
  return true
}

/** Makes a folder and those above it, 0700 where they are new. @throws file_unwritable, disk_full */
export const makePrivateFolder = (folder: string): Promise<void> => makeFolder(folder, 0o700)

/** Makes a folder and those above it, for everybody to read where they are new. @throws file_unwritable, disk_full */
export async function makeFolder(folder: string, mode = 0o755): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode })
  } catch (error) {
    throw writeFailure(error, folder)
  }
}

/** Erases a file that may be there. @throws file_unwritable */
export async function removePrivate(file: string): Promise<void> {
  await rm(file, { force: true }).catch((error: unknown) => {
    throw writeFailure(error, file)
  })
  await syncFolder(dirname(file))
}

/** Content of a file, or undefined when there is none. @throws file_unreadable, file_too_large */
export async function readIfPresent(file: string, limit: number): Promise<Buffer | undefined> {
  try {
    return await readLimited(file, limit)
  } catch (error) {
    if (error instanceof CliError && error.code === 'file_missing') return undefined
    throw error
  }
}

/** Content of a file of at most `limit` bytes. @throws file_missing, file_unreadable, file_too_large */
export async function readLimited(file: string, limit: number): Promise<Buffer> {
  try {
    const handle = await open(file, constants.O_RDONLY)
    const content = await readUpTo(handle, limit).finally(() => handle.close())
    return content ?? stop('file_too_large', { file, limit })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') stop('file_missing', { file })
    if (code) stop('file_unreadable', { file, reason: code })
    throw error
  }
}

/** All that is left of an open file, or undefined where that is more than `limit`. What a device or a pipe says of its size says nothing. */
export async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  const { size } = await handle.stat() // where it is true, all comes in one part
  for (let length = 0; length <= limit; ) {
    const wanted = Math.max(LEAST_PART, parts.length === 0 ? size + 1 : length)
    const part = Buffer.allocUnsafeSlow(Math.min(limit + 1 - length, wanted))
    const { bytesRead } = await handle.read(part, 0, part.length, null)
    if (bytesRead === 0) return parts.length === 1 ? parts[0] : Buffer.concat(parts, length)
    parts.push(part.subarray(0, bytesRead))
    length += bytesRead
  }
  return undefined
}
const LEAST_PART = 64 * 1024

/** Names in a folder, sorted; none when the folder does not exist. Temporary names are left out. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    return stop('file_unreadable', { file: folder, reason: codeOf(error) ?? 'unknown' })
  }
}

/** Makes a rename survive a power cut. Windows has no such call for folders. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, constants.O_RDONLY)
    await handle.sync().finally(() => handle.close())
  } catch {
    // EISDIR and EPERM where folders cannot be opened: the file itself is synced
  }
}

/** A failed write in the words of the command line. */
export function writeFailure(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new CliError('disk_full', { file }, error)
  if (code === 'ENOENT' && !existsSync(dirname(file)))
    return new CliError('folder_missing', { folder: dirname(file) }, error)
  return code ? new CliError('file_unwritable', { file, reason: code }, error) : error
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && !(error instanceof CliError)
    ? error.code
    : undefined
