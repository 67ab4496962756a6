import { DeskError } from '@scel/contract/errors'

// Primary result codes of SQLite (sqlite.org/rescode.html); extended codes carry them in their low byte.
const FULL = 13
const PRIMARY_GONE: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY: another process held the write lock for longer than we wait
  6, // SQLITE_LOCKED
  8, // SQLITE_READONLY: the file system was remounted, or its mode changed
  10, // SQLITE_IOERR
  14, // SQLITE_CANTOPEN
])
const DAMAGED: ReadonlySet<number> = new Set([
  11, // SQLITE_CORRUPT
  26, // SQLITE_NOTADB
])
/** SQLITE_IOERR_SHMSIZE: the shared-memory file could not grow, which is how a full disk first shows itself. */
const SHARED_MEMORY_SIZE = 4874

/** Tells a full disk and a lost or damaged database from mistakes in the program, which stay what they are. */
export function sqliteFailure(error: unknown): unknown {
  const code = (error as { errcode?: unknown } | null)?.errcode
  if (typeof code !== 'number') return error
  if ((code & 0xff) === FULL || code === SHARED_MEMORY_SIZE) return new DeskError('storage_full', {}, error)
  if (DAMAGED.has(code & 0xff)) return new DeskError('storage_damaged', {}, error)
  if (PRIMARY_GONE.has(code & 0xff)) return new DeskError('storage_unavailable', {}, error)
  return error
}

/**
 * What a failed COMMIT means. SQLite writes the unit to its log, waits for the disk, and only then enters it in the index of the log: after
 * that wait the next start finds the unit, whatever failed here (the index did not grow, its lock was not had, memory ran out). So what is
 * not known to come before the wait is uncertain.
 */
export function commitFailure(error: unknown): unknown {
  const code = (error as { errcode?: unknown } | null)?.errcode
  if (typeof code !== 'number' || BEFORE_THE_WAIT.has(code) || (code & 0xff) === CONSTRAINT) return error
  return new DeskError('storage_uncertain', {}, error)
}
const CONSTRAINT = 19
const BEFORE_THE_WAIT: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY: the log was not begun anew
  FULL, // no room for the log; the last of what is written there is what makes a unit of it
  778, // SQLITE_IOERR_WRITE, likewise
])
