import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Verdict = 'passed' | 'failed' | 'did not end'

/** A copy of the project in which code may be broken. */
export interface Workshop {
  /** Where the copy is. */
  readonly root: string
  /** Puts a text in the place of a file, for the time of `act`. */
  withFile<T>(file: string, text: string, original: string, act: () => Promise<T>): Promise<T>
  /**
   * Runs a test file until it ends, its first test fails, or its time is over.
   * @param coverage folder for V8's coverage
   */
  run(test: string, seconds: number, coverage?: string): Promise<Verdict>
  close(): void
}

/** Copies the sources; what is installed is linked, so that the packages of the copy find one another and not the originals. */
export function openWorkshop(root: string): Workshop {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'scel-mutants-')))
  chmodSync(base, 0o755) // some tests act as somebody else
  const copy = join(base, 'copy')
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
  const scratch = join(base, 'tmp') // a test that is cut short leaves its files
  mkdirSync(scratch)
  chmodSync(scratch, 0o1777)
  return {
    root: copy,
    async withFile(file, text, original, act) {
      writeFileSync(join(copy, file), text)
      try {
        return await act()
      } finally {
        writeFileSync(join(copy, file), original)
      }
    },
    run: (test, seconds, coverage) => run({ cwd: copy, scratch, test, seconds, coverage }),
    close: () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }),
  }
}

interface Run {
  readonly cwd: string
  readonly scratch: string
  readonly test: string
  readonly seconds: number
  readonly coverage: string | undefined
}

function run({ cwd, scratch, test, seconds, coverage }: Run): Promise<Verdict> {
  const { NODE_TEST_CONTEXT: _, NODE_V8_COVERAGE: __, ...env } = process.env
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>()
  const child = spawn(process.execPath, ['--test-reporter=tap', test], {
    cwd,
    env: { ...env, TMPDIR: scratch, ...(coverage ? { NODE_V8_COVERAGE: coverage } : {}) },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  let verdict: Verdict = 'passed'
  const stop = (why: Verdict): void => {
    verdict = why
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // It had just ended.
    }
  }
  const timer = setTimeout(stop, seconds * 1_000, 'did not end')
  let line = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (line + chunk).split('\n')
    line = lines.pop()!
    if (lines.some((one) => /^\s*not ok /.test(one))) stop('failed')
  })
  child.on('error', reject)
  child.on('exit', (code) => {
    clearTimeout(timer)
    resolve(verdict === 'passed' && code !== 0 ? 'failed' : verdict)
  })
  return promise
}
