// A file or folder that gets its name when it is whole. Until then it lies beside its place under a hidden name, and
// nobody but its owner may read it; whatever goes wrong, it is erased.

import { constants, rmSync } from 'node:fs'
import { type FileHandle, link, lstat, mkdir, open, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { codeOf, syncFolder, writeFailure } from '../state/files.ts'
import { partName } from '../state/part-name.ts'
import { CliError, stop } from '../ui/cli-error.ts'

/** Has work done when the process is made to end; see `Outside.atExit`. */
export type AtExit = (work: () => void) => () => void

export interface PartFile {
  /** Where it lies for now. */
  readonly path: string
  readonly handle: FileHandle
  /** Adds to its end; what was handed over may be overwritten afterwards. @throws disk_full, file_unwritable */
  write(bytes: Uint8Array): Promise<void>
  /**
   * The same for bytes that are nobody else's any more: they are written while the next ones are made, and their memory
   * is given back as soon as they are. What goes wrong is thrown by the next call.
   */
  give(bytes: Uint8Array): Promise<void>
  /** Has everything written that `write` took, so that `handle` shows it. @throws disk_full, file_unwritable */
  flush(): Promise<void>
  /** Gives it its name. @throws file_exists, disk_full, file_unwritable */
  commit(): Promise<void>
  /** Erases it; does nothing after `commit`. */
  discard(): Promise<void>
}

/** @throws file_unwritable, disk_full */
export async function partFile(target: string, force: boolean, atExit: AtExit): Promise<PartFile> {
  const path = join(dirname(target), partName(basename(target)))
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600).catch((error) => {
    throw writeFailure(error, target)
  })
  const forget = atExit(() => rmSync(path, { force: true }))
  let over = false
  /** Small pieces (headers) wait for the next one: each write costs as much as that of a large one. */
  let waiting: Uint8Array[] = []
  let writing: Promise<void> = Promise.resolve()
  const start = (bytes?: Uint8Array): Promise<void> => {
    const all = [...waiting, ...(bytes ? [bytes] : [])]
    waiting = []
    return all.length > 0 ? writeAll(handle, all) : Promise.resolve()
  }
  const flush = async (bytes?: Uint8Array): Promise<void> => {
    await writing
    await start(bytes)
  }
  const holds = (bytes: Uint8Array): boolean => {
    const small = bytes.length <= SMALL && waiting.length < MANY
    if (small) waiting.push(new Uint8Array(bytes)) // a copy: slice() of a Buffer is none
    return small
  }
  const discard = async (): Promise<void> => {
    if (over) return
    over = true
    await writing.catch(() => undefined)
    await handle.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    forget()
  }
  return {
    path,
    handle,
    async write(bytes) {
      try {
        if (!holds(bytes)) await flush(bytes)
      } catch (error) {
        throw writeFailure(error, target)
      }
    },
    async give(bytes) {
      try {
        if (holds(bytes)) return
        await writing
        writing = start(bytes).then(() => release(bytes))
        writing.catch(() => undefined) // the next call throws it
      } catch (error) {
        throw writeFailure(error, target)
      }
    },
    async flush() {
      await flush().catch((error) => {
        throw writeFailure(error, target)
      })
    },
    async commit() {
      try {
        await flush()
        await handle.sync()
        await handle.close()
        await (force ? rename(path, target) : nameNew(path, target, 'file_exists'))
      } catch (error) {
        await discard()
        throw writeFailure(error, target)
      }
      over = true
      forget()
      await syncFolder(dirname(target))
    },
    discard,
  }
}

export interface PartFolder {
  readonly path: string
  /** Gives the folder, or the one thing in it, its name; the name must be free. @throws folder_exists, file_unwritable */
  commit(target: string, only?: string): Promise<void>
  discard(): Promise<void>
}

/** @throws file_unwritable, disk_full */
export async function partFolder(target: string, atExit: AtExit): Promise<PartFolder> {
  const path = join(dirname(target), partName(basename(target)))
  await mkdir(path, { mode: 0o700 }).catch((error) => {
    throw writeFailure(error, target)
  })
  const forget = atExit(() => rmSync(path, { recursive: true, force: true }))
  const discard = async (): Promise<void> => {
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
    forget()
  }
  return {
    path,
    async commit(place, only) {
      try {
        const made = only === undefined ? path : join(path, only)
        await ((await lstat(made)).isDirectory() ? nameClaimed : nameNew)(made, place, 'folder_exists')
      } catch (error) {
        await discard()
        throw writeFailure(error, place)
      }
      await discard() // what is left of it when its one thing was taken out
      await syncFolder(dirname(place))
    },
    discard,
  }
}

/** The collector would let many megabytes gather before it looks. A part of a larger buffer is not given back. */
function release({ buffer, byteLength }: Uint8Array): void {
  if (byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** writev may write less than it was given. */
async function writeAll(handle: FileHandle, all: readonly Uint8Array[]): Promise<void> {
  for (let left = all; left.length > 0; ) {
    let { bytesWritten } = await handle.writev(left)
    let whole = 0
    while (whole < left.length && bytesWritten >= left[whole]!.length) bytesWritten -= left[whole++]!.length
    const [first, ...others] = left.slice(whole)
    left = first ? [first.subarray(bytesWritten), ...others] : []
  }
}

/** Never over something that is there: a link, unlike a rename, fails when the name is taken, in one step. */
async function nameNew(path: string, target: string, taken: NameConflict): Promise<void> {
  try {
    await link(path, target)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new CliError(taken, { file: target }, error)
    if (!WITHOUT_LINKS.has(codeOf(error) ?? '')) throw error
    return nameClaimed(path, target, taken)
  }
  await rm(path)
}

/**
 * The same for what cannot be linked: a folder, or a file on a file system without links. An empty one takes the name, which fails
 * when the name is taken, and the rename replaces that.
 */
async function nameClaimed(path: string, target: string, taken: NameConflict): Promise<void> {
  const isFolder = (await lstat(path)).isDirectory()
  const claim = isFolder ? mkdir(target, { mode: 0o700 }) : writeFile(target, '', { flag: 'wx', mode: 0o600 })
  await claim.catch((error: unknown) => {
    throw codeOf(error) === 'EEXIST' ? new CliError(taken, { file: target }, error) : error
  })
  try {
    await rename(path, target)
  } catch (error) {
    await (isFolder ? rmdir(target) : rm(target, { force: true })).catch(() => stop(taken, { file: target }))
    if (!isFolder) throw error
    await rename(path, target) // where no folder is ever replaced: Windows, and some network file systems
  }
}

type NameConflict = 'file_exists' | 'folder_exists'

// FAT, and some network file systems
const WITHOUT_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])
const SMALL = 4096
const MANY = 64
