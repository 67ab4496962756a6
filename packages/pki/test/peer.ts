// Real programs that judge us. One that the machine lacks is a loud skip, never a silent pass.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  write(name: string, content: Uint8Array | string): void
  read(name: string): Uint8Array
  text(name: string): string
}

/** Skips the test, loudly, unless all programs are there. */
export function bench(t: TestContext, ...programs: readonly string[]): Bench | undefined {
  const missing = programs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
  if (missing.length > 0) {
    t.skip(`MISSING ON THIS MACHINE: ${missing.join(', ')}`)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'scel-pki-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return {
    folder,
    run(program, ...args) {
      const env = { ...process.env, LC_ALL: 'C.UTF-8' }
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, timeout: 60_000 })
      return { ok: status === 0, text: `${stdout}${stderr}`, out: new Uint8Array(stdout) }
    },
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => new Uint8Array(readFileSync(join(folder, name))),
    text: (name) => readFileSync(join(folder, name), 'utf8'),
  }
}
