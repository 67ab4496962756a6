import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A copy of the project in which code may be broken. */
export interface Workshop {
  /** Puts a text in the place of a file, for the time of `act`. */
  withFile<T>(file: string, text: string, original: string, act: () => Promise<T>): Promise<T>
  /** Runs test files one after the other until one fails. @returns the one that did, or undefined */
  firstToFail(tests: readonly string[], seconds: number): Promise<string | undefined>
  close(): void
}

/** Copies the sources; what is installed is linked, so that the packages of the copy find one another and not the originals. */
export function openWorkshop(root: string): Workshop {
  const copy = mkdtempSync(join(tmpdir(), 'scel-mutants-'))
  for (const name of ['packages', 'tools', 'docs', 'package.json', 'README.md', 'CHANGELOG.md']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  const modules = join(copy, 'node_modules')
  mkdirSync(join(modules, '@scel'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@scel') symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const name of readdirSync(join(root, 'node_modules', '@scel'))) {
    symlinkSync(join(copy, 'packages', name), join(modules, '@scel', name))
  }
  return {
    async withFile(file, text, original, act) {
      writeFileSync(join(copy, file), text)
      try {
        return await act()
      } finally {
        writeFileSync(join(copy, file), original)
      }
    },
    async firstToFail(tests, seconds) {
      for (const test of tests) if (!(await passes(copy, test, seconds))) return test
      return undefined
    },
    close: () => rmSync(copy, { recursive: true, force: true }),
  }
}

/** A test that does not end is one that noticed. */
function passes(cwd: string, test: string, seconds: number): Promise<boolean> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const child = spawn(process.execPath, ['--test', test], { cwd, env, stdio: 'ignore', detached: true })
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), seconds * 1_000)
  child.on('exit', (code) => {
    clearTimeout(timer)
    resolve(code === 0)
  })
  return promise
}
