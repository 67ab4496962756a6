import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** openssl as a judge: files by name, and what it said. Undefined, and the test skipped loudly, where it is missing. */
export interface Openssl {
  file(name: string, content: string | Uint8Array): string
  /** What it wrote. */
  read(name: string): Uint8Array
  /** @returns standard output and error together */
  run(...args: string[]): { ok: boolean; said: string }
}

export function openssl(t: TestContext): Openssl | undefined {
  if (spawnSync('openssl', ['version']).status !== 0) {
    t.skip('OPENSSL IS MISSING: install it to have certificates, lists and OCSP judged by it')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'scel-openssl-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return {
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    read: (name) => readFileSync(join(folder, name)),
    run: (...args) => {
      const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
      return { ok: status === 0, said: `${stdout}${stderr}` }
    },
  }
}
