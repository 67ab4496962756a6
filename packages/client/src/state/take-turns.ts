import { mkdir, open } from 'node:fs/promises'
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
  const turn = new DatabaseSync(file, { timeout: 0 })
  try {
    const until = performance.now() + patience
    while (!isTaken(turn, file)) {
      if (performance.now() > until) stop('state_busy', { file })
      await wait(10)
    }
    return await act()
  } finally {
    turn.close()
  }
}

function isTaken(turn: DatabaseSync, file: string): boolean {
  try {
    turn.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (resultOf(error) === SQLITE_BUSY) return false
    return stop('file_unwritable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}

async function makeFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await (await open(file, 'a', 0o600)).close()
  } catch (error) {
    throw writeFailure(error, file)
  }
}

/** Without what an extended result code adds. */
const resultOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined

const SQLITE_BUSY = 5
