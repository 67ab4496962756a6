//
// `npm run test:mutants`: breaks what guards, one line at a time, and lists the breakages that no test notices. A breakage
// is tried with the test files that execute its line, the nearest and quickest first, until one fails.
//
// With words, only the guards of those names or files (`-- rights ocsp/verify`). `--resume` leaves out what the last run
// saw noticed, and so tries the survivors again after their tests were written. `--sample N` tries N of each, drawn by
// `--seed`; `--workers` is how many are tried at once (2).

import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EQUIVALENT } from './equivalent.ts'
import { GUARDED, type Guarded } from './guards.ts'
import { type Mutant, mutantsOf } from './mutate.ts'
import { type Reach, reachOf } from './reach.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

interface Placed extends Mutant {
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

async function tryAll(workshops: readonly Workshop[], guarded: Guarded, mutants: readonly Placed[]): Promise<Outcome> {
  const excused = mutants.filter(isExcused).length
  const open = mutants.filter((mutant) => !isExcused(mutant) && !noticed[digestOf(mutant)])
  const survivors: Survivor[] = []
  if (open.length > 0) {
    const files = [...new Set(open.map(({ file }) => file))]
    const reaches: Reach[] = []
    await share(workshops, filesOf(guarded.tests), async (workshop, test) => {
      reaches.push(await reachOf(workshop, test, files))
    })
    await share(workshops, open, async (workshop, mutant) => {
      const tests = nearestFirst(mutant.file, reaches).filter(({ executes }) => executes(mutant.file, mutant.offset))
      const by = await firstToNotice(workshop, mutant, tests)
      const why = by ?? (tests.length > 0 ? `${tests.length} test files execute it` : 'no test executes it')
      console.log(`${by ? 'noticed ' : 'SURVIVED'} ${placeOf(mutant)}   (${why})`)
      if (!by) return void survivors.push({ mutant, reached: tests.length })
      noticed[digestOf(mutant)] = by
      writeFileSync(MEMORY, JSON.stringify(noticed, undefined, 1))
    })
  }
  survivors.sort((a, b) => a.mutant.file.localeCompare(b.mutant.file) || a.mutant.offset - b.mutant.offset)
  return { what: guarded.what, tried: mutants.length, excused, survivors }
}

/** A test file that does not end has noticed too. */
async function firstToNotice(workshop: Workshop, mutant: Placed, tests: readonly Reach[]): Promise<string | undefined> {
  return await workshop.withFile(mutant.file, mutant.text, mutant.original, async () => {
    for (const { test, seconds } of tests) {
      const verdict = await workshop.run(test, 20 + 6 * seconds)
      if (verdict !== 'passed') return `${test} ${verdict}`
    }
    return undefined
  })
}

/** Each workshop takes the next item when it is done with one. */
async function share<T>(
  workshops: readonly Workshop[],
  items: readonly T[],
  work: (workshop: Workshop, item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    workshops.map(async (workshop) => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(workshop, item)
    }),
  )
}

/** @throws Error for a glob that names no file: what it guarded was renamed */
const filesOf = (globs: readonly string[]): string[] => {
  const found = globs.flatMap((glob) => {
    const files = globSync(glob, { cwd: ROOT }).map((file) => file.split(sep).join('/'))
    if (files.length === 0) throw new Error(`${glob} names no file`)
    return files.sort()
  })
  return [...new Set(found)]
}

/** Tests of the same folder notice most, and soonest. */
function nearestFirst(file: string, tests: readonly Reach[]): Reach[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const own = file.replace(/\.ts$/, '.test.ts')
  const rank = ({ test }: Reach): number => (test === own ? 0 : test.startsWith(folder) ? 1 : 2)
  return [...tests].sort((a, b) => rank(a) - rank(b) || a.seconds - b.seconds)
}

const placed = (file: string): Placed[] => {
  const original = readFileSync(join(ROOT, file), 'utf8')
  return mutantsOf(original).map((mutant) => ({ ...mutant, file, original }))
}

const isExcused = ({ file, before, after }: Placed): boolean =>
  EQUIVALENT.some((one) => one.file === file && one.before === before && one.after === after)

const digestOf = ({ file, text }: Placed): string => createHash('sha256').update(`${file}\n${text}`).digest('base64url')

const placeOf = ({ file, line, before, after }: Placed): string =>
  `${file}:${line}   ${oneLine(before)}  →  ${oneLine(after)}`
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

const workshops = Array.from({ length: Number(values.workers) }, () => openWorkshop(ROOT))
const close = (): void => {
  for (const workshop of workshops) workshop.close()
}
process.on('SIGINT', () => {
  close()
  process.exit(130)
})
const outcomes: Outcome[] = []
try {
  for (const guarded of GUARDED) {
    const files = filesOf(guarded.files).filter((file) => !file.endsWith('.test.ts'))
    const wanted = files.filter(
      (file) => positionals.length === 0 || positionals.some((word) => guarded.what === word || file.includes(word)),
    )
    if (wanted.length === 0) continue
    const all = wanted.flatMap(placed)
    const mutants = values.sample ? sampleOf(all, Number(values.sample), Number(values.seed)) : all
    outcomes.push(await tryAll(workshops, guarded, mutants))
  }
} finally {
  close()
}
console.log('')
for (const { what, tried, excused, survivors } of outcomes) {
  console.log(
    `${what.padEnd(12)} ${tried} tried, ${tried - excused - survivors.length} noticed, ${excused} excused, ${survivors.length} not noticed`,
  )
  for (const { mutant, reached } of survivors) console.log(`  ${placeOf(mutant)}   (${reached} test files execute it)`)
}
if (values.sample) console.log(`a sample: ${values.sample} of each, seed ${values.seed}`)
process.exitCode = outcomes.some(({ survivors }) => survivors.length > 0) ? 1 : 0
