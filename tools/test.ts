//
// `npm test`: the checks, then every test file in a process of its own. `npm test -- WORD` runs the files whose path
// contains one of the words. SCEL_REQUIRE_ALL=1 turns skips into failures. Of each file it says how long it
// took, and how much processor time, with all that it started. The last line is the count.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bundlePrograms } from './bundle-programs.ts'
import { runChecks } from './check.ts'
import { roomyMemory } from './roomy-memory.ts'
import { filesUnder } from './sources.ts'
import { emptyTally, follow, summary, type Tally, type TestEvent } from './tally.ts'

/** A file that takes longer than this hangs. It is no measure of speed: the slowest takes a small part of it. */
const PATIENCE_MINUTES = 20

// These start a browser, or wait for what has to come within a time: two of them would wait for each other on two cores.
const HEAVY = /playwright-core|chromium|testing\/poll\.ts/i

interface Options {
  readonly root: string
  readonly words: readonly string[]
  readonly requireAll: boolean
  readonly print: (line: string) => void
  /** @default twenty minutes */
  readonly patienceMinutes?: number
}

/** Runs everything and returns what came of it. */
export async function testAll({
  root,
  words,
  requireAll,
  print,
  patienceMinutes = PATIENCE_MINUTES,
}: Options): Promise<Tally> {
  const tally = emptyTally()
  if (words.length === 0) {
    for (const { name, problems } of await runChecks(root, print)) {
      if (problems.length === 0) tally.passed++
      else tally.failed.push(`check: ${name}`)
    }
  }
  const files = ['packages', 'tools']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesUnder(join(root, folder), /\.test\.tsx?$/).map((file) => join(root, folder, file)))
    .filter((file) => words.length === 0 || words.some((word) => file.slice(root.length).includes(word)))
  if (files.length === 0) tally.failed.push(`no test file has ${words.join(' or ')} in its path`)
  const heavy = files.filter((file) => /[\\/]e2e[\\/]/.test(file) || HEAVY.test(readFileSync(file, 'utf8')))
  const light = files.filter((file) => !heavy.includes(file))
  const memory = roomyMemory()
  const shared = mkdtempSync(join(memory ?? tmpdir(), 'scel-tests-'))
  chmodSync(shared, 0o711) // for the account that a PostgreSQL runs under
  mkdirSync(join(shared, 'tmp'))
  chmodSync(join(shared, 'tmp'), 0o1777)
  const bundled = join(shared, 'bundled')
  mkdirSync(bundled)
  const one = (file: string, lane: number, lanes: number): Promise<void> => {
    const env = {
      ...{ ...process.env, SCEL_TESTS_SHARE: shared, NODE_COMPILE_CACHE: join(shared, 'compiled') },
      NODE_OPTIONS:
        `${process.env.NODE_OPTIONS ?? ''} --import=${preloaded(new URL('./bundled.mjs', import.meta.url), { in: bundled })}`.trimStart(),
      ...{ SCEL_TESTS_LANE: String(lane), SCEL_TESTS_LANES: String(lanes) },
      ...(process.platform !== 'win32' && { TMPDIR: join(shared, 'tmp') }),
    }
    return runFile(file, tally, { root, requireAll, print, patienceMinutes, env })
  }
  const remove = (): void => rmSync(shared, { recursive: true, force: true, maxRetries: 5 })
  const leave = (signal: NodeJS.Signals): void => {
    remove() // memory that nobody would give back
    process.kill(process.pid, signal)
  }
  // More than there are processors: a test waits about as long as it works. What they write to waits for nothing where it is memory.
  const others = Math.max(2, availableParallelism()) + (memory === undefined ? 0 : 2)
  try {
    // One of them beside those that are not, for as long as there are any; then those alone.
    for (const signal of SIGNALS) process.once(signal, leave)
    const lanes = [[heavy, light], ...Array.from({ length: others }, () => [light])]
    await Promise.all([
      bundlePrograms(root, bundled),
      ...lanes.map((lists, lane) => inTurn(lists, (file) => one(file, lane, lanes.length))),
    ])
  } finally {
    for (const signal of SIGNALS) process.off(signal, leave)
    remove()
  }
  return tally
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A process of its own per file; the last resort against one that never ends is to abort it. */
async function runFile(
  file: string,
  tally: Tally,
  { patienceMinutes, env, ...rest }: Required<Omit<Options, 'words'>> & { readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patienceMinutes * 60_000)
  const cutShort = (): string | undefined =>
    stop.signal.aborted ? `did not end within ${patienceMinutes} minutes: something is left open` : undefined
  const folder = mkdtempSync(join(tmpdir(), 'scel-test-'))
  const written = (name: string): number | undefined =>
    existsSync(join(folder, name)) ? Number(readFileSync(join(folder, name), 'utf8')) : undefined
  // A desk in the file may take the polite word for one to itself.
  stop.signal.addEventListener('abort', () => {
    const pid = written('pid')
    setTimeout(() => killed(pid), POLITE)
  })
  const execArgv = ['--import', preloaded(new URL('./test-process.ts', import.meta.url), { to: folder })]
  const options = { files: [file], cwd: rest.root, signal: stop.signal, execArgv, env }
  const events = run(options) as unknown as AsyncIterable<TestEvent>
  try {
    await follow(events, tally, { ...rest, file, cutShort, processorSeconds: () => written('seconds') })
  } finally {
    clearTimeout(timer)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param pid of a process, which may have ended */
function killed(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
/** Milliseconds. */
const POLITE = 5_000

function preloaded(url: URL, told: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value)
  return url.href
}

/** Takes from the first list that has something left, one item after the other, for as long as there is any. */
async function inTurn<T>(lists: readonly T[][], work: (item: T) => Promise<void>): Promise<void> {
  const next = (): T | undefined => lists.find(({ length }) => length > 0)?.shift()
  for (let item = next(); item !== undefined; item = next()) await work(item)
}

if (import.meta.main) {
  const tally = await testAll({
    root: fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, ''),
    words: process.argv.slice(2),
    requireAll: process.env.SCEL_REQUIRE_ALL === '1',
    print: (line) => console.log(line),
  })
  for (const line of summary(tally)) console.log(line)
  process.exitCode = tally.failed.length > 0 ? 1 : 0
}
