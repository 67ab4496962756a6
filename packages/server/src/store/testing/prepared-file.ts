import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Preparation } from './preparation.ts'

/**
 * Puts an embedded database there as a preparation leaves it; for tests only. It is made once: a run of all tests shares a folder for
 * what its processes have in common.
 *
 * @returns the file
 */
export async function preparedFile(file: string, preparation: Preparation): Promise<string> {
  mkdirSync(dirname(file), { recursive: true })
  const kept = made.get(preparation.name) ?? make(preparation)
  made.set(preparation.name, kept)
  copyFileSync(await kept, file)
  return file
}

const made = new Map<string, Promise<string>>()

async function make({ name, prepare }: Preparation): Promise<string> {
  const share = process.env.SCEL_TESTS_SHARE
  const kept = share && join(share, `${name}.db`)
  if (kept && existsSync(kept)) return kept
  const folder = mkdtempSync(join(share ?? tmpdir(), 'scel-prepared-'))
  const file = join(folder, 'desk.db')
  await prepare({ kind: 'sqlite', file })
  if (kept) {
    renameSync(file, kept)
    rmSync(folder, { recursive: true })
    return kept
  }
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return file
}
