import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The folder of one desk, held by this process alone. */
export interface DataFolder {
  readonly path: string
  release(): void
}

/** Another desk holds the folder. */
export class DataFolderHeld extends Error {
  override readonly name = 'DataFolderHeld'
  readonly path: string

  constructor(path: string, cause: unknown) {
    super(`another desk uses ${path}`, { cause })
    this.path = path
  }
}

/** Makes the folder if there is none. Keys lie in it, so only this user may enter. */
function makeDataFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}

/**
 * Makes the folder (0700) and takes it. Two desks in one folder would both sign CRLs with the same numbers.
 *
 * The lock is the operating system's own lock on a file, by way of SQLite: it ends with the process, kill -9 included,
 * so there is no stale lock to explain and no process number to guess about (in a container every desk is number 1).
 *
 * @throws DataFolderHeld; the error of node:sqlite when it is not a lock that stands in the way: a full disk, a folder without rights
 */
export function holdDataFolder(path: string): DataFolder {
  makeDataFolder(path)
  const lock = new DatabaseSync(join(path, 'desk.lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    const primary = Number((error as { errcode?: unknown }).errcode) & 0xff
    throw primary === BUSY || primary === LOCKED ? new DataFolderHeld(path, error) : error
  }
  return { path, release: () => lock.close() }
}

// Primary result codes of SQLite (sqlite.org/rescode.html).
const BUSY = 5
const LOCKED = 6
