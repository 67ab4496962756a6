// Real programs that judge us. One that the machine lacks is a loud skip, never a silent pass.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import type { TestContext } from 'node:test'

export interface Answer {
  readonly ok: boolean
  /** Standard output and standard error together. */
  readonly text: string
  readonly out: Uint8Array
}

/** A folder of its own for one test, with the programs running in it; removed afterwards. */
export interface Bench {
  readonly folder: string
  run(program: string, ...args: readonly string[]): Answer
  /** Returns the path of the file. */
  write(name: string, content: Uint8Array | string): string
  read(name: string): Uint8Array
  text(name: string): string
}

/** Skips the test, loudly, unless all programs are there. */
export function bench(t: TestContext, ...programs: readonly string[]): Bench | undefined {
  if (!needs(t, ...programs)) return undefined
  const folder = folderFor(t)
  return {
    folder,
    run(program, ...args) {
      const env = { ...process.env, LC_ALL: 'C.UTF-8' }
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, timeout: 600_000 })
      return { ok: status === 0, text: `${stdout}${stderr}`, out: new Uint8Array(stdout) }
    },
    write(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    read: (name) => new Uint8Array(readFileSync(join(folder, name))),
    text: (name) => readFileSync(join(folder, name), 'utf8'),
  }
}

/** A folder that goes with the test. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'scel-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Whether all these programs are there; the test is skipped, loudly, when one is not. */
export function needs(t: TestContext, ...programs: readonly string[]): boolean {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length > 0) t.skip(`MISSING ON THIS MACHINE: ${missing.join(', ')}`)
  return missing.length === 0
}

/** Whether a shell would find it. */
export function isThere(program: string): boolean {
  const places = isAbsolute(program) ? [''] : (process.env.PATH ?? '').split(delimiter)
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  return places.some((place) => endings.some((ending) => existsSync(join(place, `${program}${ending}`))))
}

/** Runs a program and returns what it printed. @throws Error when it fails */
export const run = (program: string, args: readonly string[], cwd: string, input?: string): string =>
  execFileSync(program, [...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input ? { input } : {}),
  })
