//
// `npm run test:mutants`: breaks what guards, one line at a time, and lists the breakages that no test notices. A breakage
// is tried with the tests that execute its line, until one fails; all breakages of a guard are in the code at once, behind
// switches, so that a test file is loaded once for all of them.
//
// With words, only the guards of those names or files (`-- rights ocsp/verify`). `--resume` leaves out what the last run
// saw noticed, and so tries the survivors again after their tests were written. `--sample N` tries N of each, drawn by
// `--seed`; `--workers` is how many are tried at once (2).

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EQUIVALENT } from './equivalent.ts'
import { guardedFiles } from './guarded-files.ts'
import { GUARDED, type Guarded } from './guards.ts'
import { mutantsOf } from './mutate.ts'
import { type Numbered, switched } from './switched.ts'
import { openTrials, type Verdict } from './trial.ts'

interface Placed extends Numbered {
  readonly file: string
  readonly original: string
}

interface Survivor {
  readonly mutant: Placed
  /** How many test files execute the place. */
  readonly reached: number
}

interface Outcome {
  readonly what: string
  readonly tried: number
  readonly excused: number
  readonly survivors: readonly Survivor[]
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** What the last run saw noticed: digest of a file and its broken text, and the test that failed. */
const MEMORY = join(ROOT, 'output', 'mutants.json')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    resume: { type: 'boolean', default: false },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
  },
})
const noticed: Record<string, string> =
  values.resume && existsSync(MEMORY) ? JSON.parse(readFileSync(MEMORY, 'utf8')) : {}
mkdirSync(dirname(MEMORY), { recursive: true })

async function tryAll(guarded: Guarded, placed: readonly Placed[]): Promise<Outcome> {
  const excused = placed.filter(isExcused).length
  const open = new Map(
    placed.filter((mutant) => !isExcused(mutant) && !noticed[digestOf(mutant)]).map((mutant) => [mutant.id, mutant]),
  )
  const tried = new Map<number, number>()
  if (open.size > 0) {
    const trials = openTrials(ROOT, switchedTexts(placed), guarded.servers ?? false)
    stops.add(trials.close)
    const judged = (id: number, verdict: Verdict): void => {
      const mutant = open.get(id)
      if (!mutant) return // by two processes at once
      tried.set(id, (tried.get(id) ?? 0) + 1)
      if (!verdict.noticed) return
      open.delete(id)
      console.log(`noticed  ${placeOf(mutant)}   (${verdict.how})`)
      noticed[digestOf(mutant)] = verdict.how
      writeFileSync(MEMORY, JSON.stringify(noticed, undefined, 1))
    }
    try {
      await share(nearestFirst(guardedFiles(guarded.tests), placed), async (test) => {
        if (open.size === 0) return
        const { loading, unclear } = await trials.sweep(test, (id) => mostFor(open.get(id), test), judged)
        const near = loading.filter((id) => folderOf(open.get(id)?.file ?? '') === folderOf(test))
        for (const id of [...unclear, ...near]) {
          if (!open.has(id)) continue
          const how = `${test}, as a whole`
          judged(id, (await trials.whole(test, id)) ? { noticed: true, how } : { noticed: false })
        }
      })
    } finally {
      trials.close()
      stops.delete(trials.close)
    }
  }
  const survivors = [...open.values()].map((mutant) => ({ mutant, reached: tried.get(mutant.id) ?? 0 }))
  for (const one of survivors) console.log(survivorLine(one))
  return { what: guarded.what, tried: placed.length, excused, survivors }
}

function switchedTexts(placed: readonly Placed[]): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { file, original } of placed) {
    texts[file] ??= switched(
      original,
      placed.filter((other) => other.file === file),
    )
  }
  return texts
}

/** Each worker takes the next item when it is done with one. */
async function share<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Number(values.workers) }, worker))
}

/** Milliseconds of tests: those that stand beside what is broken are asked most. */
function mostFor(mutant: Placed | undefined, test: string): number {
  if (!mutant) return 0
  return folderOf(mutant.file) === folderOf(test) ? 6_000 : 1_000
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

/** Tests that stand beside what is broken notice most. */
function nearestFirst(tests: readonly string[], placed: readonly Placed[]): string[] {
  const files = new Set(placed.map(({ file }) => file))
  const folders = new Set([...files].map(folderOf))
  const rank = (test: string): number =>
    files.has(test.replace(/\.test\.ts$/, '.ts')) ? 0 : folders.has(folderOf(test)) ? 1 : 2
  return [...tests].sort((a, b) => rank(a) - rank(b))
}

/** @throws Error for a glob that names no file: what it guarded was renamed */
let count = 0
function placedIn(file: string): Placed[] {
  const original = readFileSync(join(ROOT, file), 'utf8')
  return mutantsOf(original).map((mutant) => ({ ...mutant, id: count++, file, original }))
}

const isExcused = ({ file, before, after }: Placed): boolean =>
  EQUIVALENT.some((one) => one.file === file && one.before === before && one.after === after)

const digestOf = ({ file, text }: Placed): string => createHash('sha256').update(`${file}\n${text}`).digest('base64url')

const placeOf = ({ file, line, before, after }: Placed): string =>
  `${file}:${line}   ${oneLine(before)}  →  ${oneLine(after)}`
const survivorLine = ({ mutant, reached }: Survivor): string =>
  `SURVIVED ${placeOf(mutant)}   (${reached > 0 ? `${reached} test files execute it` : 'no test executes it'})`
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 120)

/** A fixed shuffle (mulberry32), so that a seed names a sample. */
function sampleOf<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, item]) => item)
}

const stops = new Set<() => void>()
process.on('SIGINT', () => {
  for (const stop of stops) stop()
  process.exit(130)
})
const outcomes: Outcome[] = []
for (const guarded of GUARDED) {
  const files = guardedFiles(guarded.files).filter((file) => !file.endsWith('.test.ts'))
  const wanted = files.filter(
    (file) => positionals.length === 0 || positionals.some((word) => guarded.what === word || file.includes(word)),
  )
  if (wanted.length === 0) continue
  const all = wanted.flatMap(placedIn)
  const mutants = values.sample ? sampleOf(all, Number(values.sample), Number(values.seed)) : all
  outcomes.push(await tryAll(guarded, mutants))
}
console.log('')
for (const { what, tried, excused, survivors } of outcomes) {
  console.log(
    `${what.padEnd(12)} ${tried} tried, ${tried - excused - survivors.length} noticed, ${excused} excused, ${survivors.length} not noticed`,
  )
  for (const survivor of survivors) console.log(`  ${survivorLine(survivor)}`)
}
if (values.sample) console.log(`a sample: ${values.sample} of each, seed ${values.seed}`)
process.exitCode = outcomes.some(({ survivors }) => survivors.length > 0) ? 1 : 0
