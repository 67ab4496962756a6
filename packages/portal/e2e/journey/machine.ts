import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a command printed, and its exit code. */
export interface Printed {
  readonly out: string
  readonly err: string
  readonly code: number
}

/** A user's account on a machine, where the command `scel` runs with folders of its own. */
export interface Machine {
  readonly home: string
  scel(...args: string[]): Promise<Printed>
  close(): Promise<void>
}

const SCEL = fileURLToPath(new URL('../../../client/bin/scel.mjs', import.meta.url))

/** @param home its home folder; a new one that `close` removes when left out */
export async function makeMachine(home?: string): Promise<Machine> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'scel-machine-')))
  const folders = ['--dir', join(folder, 'scel'), '--machine-dir', join(folder, 'machine')]
  return {
    home: folder,
    scel: (...args) => command(process.execPath, [SCEL, '--lang', 'en', ...folders, ...args], folder),
    close: () => (home === undefined ? rm(folder, { recursive: true, force: true }) : Promise.resolve()),
  }
}

/** Runs a program to its end; a failure is an exit code, not an exception. */
export function command(file: string, args: readonly string[], home?: string): Promise<Printed> {
  const env = { ...process.env, ...(home !== undefined && { HOME: home }) }
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { env, timeout: 600_000 }, (error, out, err) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ out, err, code: error ? Number(error.code) : 0 })
    })
  })
}
