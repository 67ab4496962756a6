//
// `npm run test:mutants`: breaks what guards, one line at a time, and lists the breakages that no test notices. With words,
// only the guards of those names or files; `--sample N` tries N of each, drawn by `--seed`.

import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EQUIVALENT } from './equivalent.ts'
import { GUARDED, type Guarded } from './guards.ts'
import { type Mutant, mutantsOf } from './mutate.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

interface Placed extends Mutant {
  readonly file: string
  readonly original: string
}

export interface Outcome {
  readonly what: string
  readonly tried: number
  readonly excused: number
  readonly survivors: readonly Placed[]
}

/** Seconds that one test file may take with a breakage in the code. */
const PATIENCE = 180

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

async function tryAll(workshop: Workshop, guarded: Guarded, mutants: readonly Placed[]): Promise<Outcome> {
  const tests = filesOf(guarded.tests)
  const broken = await workshop.firstToFail(tests, PATIENCE)
  if (broken) throw new Error(`${broken} fails without any breakage`)
  const survivors: Placed[] = []
  let excused = 0
  for (const mutant of mutants) {
    if (
      EQUIVALENT.some((one) => one.file === mutant.file && one.before === mutant.before && one.after === mutant.after)
    ) {
      excused++
      continue
    }
    const noticed = await workshop.withFile(mutant.file, mutant.text, mutant.original, () =>
      workshop.firstToFail(nearestFirst(mutant.file, tests), PATIENCE),
    )
    console.log(`${noticed ? 'noticed ' : 'SURVIVED'} ${placeOf(mutant)}${noticed ? `   (${noticed})` : ''}`)
    if (!noticed) survivors.push(mutant)
  }
  return { what: guarded.what, tried: mutants.length, excused, survivors }
}

const filesOf = (globs: readonly string[]): string[] =>
  globs.flatMap((glob) =>
    globSync(glob, { cwd: ROOT })
      .map((file) => file.split(sep).join('/'))
      .sort(),
  )

/** Tests of the same folder notice most, and soonest. */
function nearestFirst(file: string, tests: readonly string[]): string[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const own = file.replace(/\.ts$/, '.test.ts')
  const rank = (test: string): number => (test === own ? 0 : test.startsWith(folder) ? 1 : 2)
  return [...tests].sort((a, b) => rank(a) - rank(b))
}

const placed = (file: string): Placed[] => {
  const original = readFileSync(join(ROOT, file), 'utf8')
  return mutantsOf(original).map((mutant) => ({ ...mutant, file, original }))
}

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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const workshop = openWorkshop(ROOT)
process.on('SIGINT', () => {
  workshop.close()
  process.exit(130)
})
const outcomes: Outcome[] = []
try {
  for (const guarded of GUARDED) {
    const files = [...new Set(filesOf(guarded.files))].filter((file) => !file.endsWith('.test.ts'))
    const wanted = files.filter(
      (file) => positionals.length === 0 || positionals.some((word) => guarded.what === word || file.includes(word)),
    )
    if (wanted.length === 0) continue
    const all = wanted.flatMap(placed)
    const mutants = values.sample ? sampleOf(all, Number(values.sample), Number(values.seed)) : all
    outcomes.push(await tryAll(workshop, guarded, mutants))
  }
} finally {
  workshop.close()
}
console.log('')
for (const { what, tried, excused, survivors } of outcomes) {
  console.log(
    `${what.padEnd(12)} ${tried} tried, ${tried - excused - survivors.length} noticed, ${excused} excused, ${survivors.length} not noticed`,
  )
  for (const survivor of survivors) console.log(`  ${placeOf(survivor)}`)
}
if (values.sample) console.log(`a sample: ${values.sample} of each, seed ${values.seed}`)
process.exitCode = outcomes.some(({ survivors }) => survivors.length > 0) ? 1 : 0
