import { type ChildProcess, fork, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Told } from './stage.ts'

/** Processes that try breakages, and where they leave their files. */
export interface Trials {
  /**
   * Tries breakages with one test file, as many as it executes.
   *
   * @param wanted asked before each: how many milliseconds of tests may be spent on it, none when it need not be tried
   * @throws Error when a test fails with nothing broken
   */
  sweep(test: string, wanted: (id: number) => number, judged: (id: number, verdict: Verdict) => void): Promise<Swept>
  /** Runs a test file as `npm test` does, with one breakage on from the start. @returns whether it failed */
  whole(test: string, id: number): Promise<boolean>
  close(): void
}

export type Verdict = { readonly noticed: false } | { readonly noticed: true; readonly how: string }

export interface Swept {
  /** Breakages that the file executes only when it is loaded, so that they cannot be switched on afterwards. */
  readonly loading: readonly number[]
  readonly testing: readonly number[]
  /** Breakages after which nothing could be told of the others: to be tried on their own. */
  readonly unclear: readonly number[]
}

interface Ended {
  readonly ready: Told & { kind: 'ready' }
  /** What it was trying. */
  readonly last?: number
  /** Whether that was the first that this process tried. */
  readonly first: boolean
  readonly hung: boolean
  readonly done: boolean
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/**
 * @param texts switched texts of the guarded files, by path from the root
 * @param servers whether tests on a server of databases are asked too
 */
export function openTrials(root: string, texts: Readonly<Record<string, string>>, servers: boolean): Trials {
  const base = mkdtempSync(join(tmpdir(), 'scel-mutants-'))
  chmodSync(base, 0o755) // some tests act as somebody else
  const scratch = join(base, 'tmp')
  mkdirSync(scratch)
  chmodSync(scratch, 0o1777)
  const switched = join(base, 'switched.json')
  const byAddress = Object.entries(texts).map(([file, text]) => [pathToFileURL(join(root, file)).href, text])
  writeFileSync(switched, JSON.stringify(Object.fromEntries(byAddress)))
  const { NODE_TEST_CONTEXT: _, ...outer } = process.env
  const env = {
    ...outer,
    TMPDIR: scratch,
    SCEL_SWITCHED: switched,
    SCEL_SERVERS: servers ? '1' : '0',
    NODE_COMPILE_CACHE: join(base, 'compiled'),
  }
  const hooks = ['--import', pathToFileURL(here('hooks.ts')).href]
  const running = new Set<ChildProcess>()
  const started = (child: ChildProcess): ChildProcess => {
    running.add(child)
    return child.on('exit', () => {
      running.delete(child)
      kill(child)
    })
  }

  /** One process: until it is done, hangs, ends by itself or is spoilt. */
  const one = (
    test: string,
    wanted: (id: number) => number,
    judged: (id: number, verdict: Verdict) => void,
  ): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const options = { cwd: root, env: { ...env, SCEL_AGAIN: '1' }, execArgv: hooks, detached: true, silent: true }
      const child = started(fork(here('stage.ts'), [join(root, test)], options))
      child.stdout?.resume()
      let words = ''
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
        words = (words + chunk).slice(-2_000)
      })
      let ready: (Told & { kind: 'ready' }) | undefined
      let asked: number | undefined
      let [tried, hung, done] = [0, false, false]
      let timer = setTimeout(kill, LOADING, child)
      const hang = (): void => {
        hung = true
        kill(child)
      }
      const end = (): void => {
        clearTimeout(timer)
        kill(child)
      }
      child.on('message', (told: Told) => {
        if (told.kind === 'ready') ready = told
        if (told.kind === 'ask') {
          const most = wanted(told.id)
          if (most > 0) {
            tried++
            asked = told.id
            clearTimeout(timer)
            timer = setTimeout(hang, 20_000 + 10 * most)
          }
          child.send(most, () => {}) // it may have ended meanwhile: its exit says so
        }
        if (told.kind === 'passed') {
          asked = undefined
          judged(told.id, { noticed: false })
        }
        if (told.kind === 'failed') {
          if (!told.alone) return end()
          asked = undefined
          judged(told.id, { noticed: true, how: `${test}: ${told.test}` })
        }
        if (told.kind === 'broken') {
          end()
          reject(new Error(`${test}: "${told.test}" fails with nothing broken: ${told.error}`))
        }
        if (told.kind === 'done') done = true
      })
      child.on('exit', () => {
        clearTimeout(timer)
        if (!ready) return reject(new Error(`${test} does not load with nothing broken: ${words}`))
        resolve({ ready, ...(asked === undefined ? {} : { last: asked }), first: tried === 1, hung, done })
      })
    })

  return {
    async sweep(test, wanted, judged) {
      const over = new Set<number>()
      const unclear: number[] = []
      for (;;) {
        const { ready, last, first, hung, done } = await one(
          test,
          (id) => (over.has(id) ? 0 : wanted(id)),
          (id, verdict) => {
            over.add(id)
            judged(id, verdict)
          },
        )
        if (done) {
          const testing = ready.testing
          return { loading: ready.loading.filter((id) => !testing.includes(id)), testing, unclear }
        }
        if (last === undefined) throw new Error(`${test} ended by itself`)
        // What ended the process may have been left by the one before; the first of a process stands for itself.
        if (!first) continue
        over.add(last)
        if (hung) judged(last, { noticed: true, how: `${test} does not end` })
        else unclear.push(last)
      }
    },
    whole(test, id) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const args = [...hooks, '--test-reporter=tap', join(root, test)]
      const options = { cwd: root, env: { ...env, SCEL_BROKEN: String(id) }, detached: true } as const
      const child = started(spawn(process.execPath, args, { ...options, stdio: 'ignore' }))
      const timer = setTimeout(kill, WHOLE, child)
      child.on('exit', (code) => {
        clearTimeout(timer)
        resolve(code !== 0)
      })
      return promise
    },
    close() {
      for (const child of running) kill(child)
      rmSync(base, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** With the processes that its tests started. */
function kill(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // They have ended.
  }
}

/** Milliseconds in which a file must have run once with nothing broken, and with one breakage. */
const LOADING = 300_000
const WHOLE = 180_000
