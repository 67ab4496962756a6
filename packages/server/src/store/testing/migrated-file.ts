import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { migrateDatabase } from '../opening/open-work.ts'

/**
 * Puts an embedded database there in which nothing is yet but the tables; for tests only. They are made once: a run of all tests shares a
 * folder for what its processes have in common.
 *
 * @returns the file
 */
export async function migratedFile(file: string): Promise<string> {
  mkdirSync(dirname(file), { recursive: true })
  made ??= make()
  copyFileSync(await made, file)
  return file
}

let made: Promise<string> | undefined

async function make(): Promise<string> {
  const share = process.env.SCEL_TESTS_SHARE
  const kept = share && join(share, 'desk.db')
  if (kept && existsSync(kept)) return kept
  const folder = mkdtempSync(join(share ?? tmpdir(), 'scel-migrated-'))
  const file = join(folder, 'desk.db')
  await migrateDatabase({ kind: 'sqlite', file })
  if (kept) {
    renameSync(file, kept)
    rmSync(folder, { recursive: true })
    return kept
  }
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return file
}
