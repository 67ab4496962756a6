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
 * What a failed COMMIT means. A disk that did not confirm (SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC) may hold the whole
 * unit, which the next start would then find; every other failure was rolled back.
 */
export function commitFailure(error: unknown): unknown {
  const code = (error as { errcode?: unknown } | null)?.errcode
  return code === FSYNC || code === DIRECTORY_FSYNC ? new DeskError('storage_uncertain', {}, error) : error
}
const FSYNC = 1034
const DIRECTORY_FSYNC = 1290
