import { closeSync, constants, fstatSync, ftruncateSync, openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { stop } from '../ui/cli-error.ts'
import { writeFailure } from './files.ts'

/**
 * Does something while no other run of `scel` does anything under the same file: who reads a record, changes it and writes it
 * must not write over what was written between. The lock is the system's and goes with the process that holds it, so that a killed run
 * leaves none; SQLite has it alike on every system. The file stays, empty.
 * @throws state_busy when the others take longer than `patience`; file_unwritable, disk_full; whatever `act` throws
 * @param patience milliseconds
 */
export async function takeTurns<T>(file: string, act: () => Promise<T>, patience: number = 30_000): Promise<T> {
  await makeFile(file)
  const turn = await taken(file, performance.now() + patience)
  try {
    return await act()
  } finally {
    turn.close()
  }
}

async function taken(file: string, until: number): Promise<DatabaseSync> {
  for (;;) {
    const turn = takenNow(file)
    if (turn) return turn
    if (performance.now() > until) stop('state_busy', { file })
    await wait(10)
  }
}

/** Undefined while it is another's, or was nobody's because the file was damaged. */
function takenNow(file: string): DatabaseSync | undefined {
  let turn: DatabaseSync | undefined
  try {
    turn = new DatabaseSync(file, { timeout: 0 })
    turn.exec('BEGIN EXCLUSIVE')
    // Never committed: a file that SQLite only reads, by its mode or by what is in it, begins no more than a reading, which shuts nobody out.
    turn.exec('PRAGMA user_version = 1')
    return turn
  } catch (error) {
    turn?.close()
    const result = resultOf(error)
    if (result === SQLITE_BUSY || (DAMAGED.has(result) && isEmptied(file))) return undefined
    if (result === SQLITE_FULL) stop('disk_full', { file })
    return stop('file_unwritable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}

/**
 * Empties a file that was damaged. Turns are locks on the file itself and not on what is in it, so whoever took theirs meanwhile keeps it;
 * it is never replaced by another file, which could be locked beside it.
 */
function isEmptied(file: string): boolean {
  try {
    const damaged = openSync(file, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const isFile = fstatSync(damaged).isFile()
      if (isFile) ftruncateSync(damaged)
      return isFile
    } finally {
      closeSync(damaged)
    }
  } catch {
    return false // what SQLite said of it is told
  }
}

/** In one step: a file that was there is not opened, since closing it would end this process's own turn (POSIX fcntl). */
async function makeFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'ax', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw writeFailure(error, file)
  }
}

/** Without what an extended result code adds. */
const resultOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0

const SQLITE_BUSY = 5
const SQLITE_FULL = 13
/** SQLITE_READONLY, which a header may ask for, too; SQLITE_CORRUPT; SQLITE_NOTADB. */
const DAMAGED: ReadonlySet<number> = new Set([8, 11, 26])
