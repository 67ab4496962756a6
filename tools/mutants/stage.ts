//
// A process that loads one test file, with every breakage behind its switch, and runs its tests: first with none on, which
// tells who executes what, then for each breakage those that execute it, until one fails.

import { pathToFileURL } from 'node:url'
import { type Declared, declared, runAgain } from './tests-again.ts'

export type Told =
  | { readonly kind: 'ready'; readonly loading: readonly number[]; readonly testing: readonly number[] }
  /** Answered with how many milliseconds of tests may be spent on it; none when it need not be tried. */
  | { readonly kind: 'ask'; readonly id: number }
  | { readonly kind: 'passed'; readonly id: number }
  /** `alone` says whether the same test passes with the breakage off again; when it does not, the process is spoilt. */
  | { readonly kind: 'failed'; readonly id: number; readonly test: string; readonly alone: boolean }
  | { readonly kind: 'broken'; readonly test: string; readonly error: string }
  | { readonly kind: 'done' }

interface Reach {
  readonly test: Declared
  readonly milliseconds: number
  readonly reached: ReadonlySet<number>
}

const tell = (told: Told): Promise<void> => new Promise((resolve) => process.send!(told, () => resolve()))
const answer = (): Promise<number> => new Promise((resolve) => process.once('message', (most) => resolve(Number(most))))

const passes = (test: Declared): Promise<boolean> =>
  runAgain(test).then(
    () => true,
    () => false,
  )

await import(pathToFileURL(process.argv[2]!).href)
const { scelSwitches: switches } = globalThis
const loading = [...switches.reached]
const reaches: Reach[] = []
for (const test of declared) {
  switches.reached.clear()
  const start = Date.now()
  await runAgain(test).catch(async (error) => {
    await tell({ kind: 'broken', test: test.name, error: String(error) })
    process.exit(1)
  })
  reaches.push({ test, milliseconds: Date.now() - start, reached: new Set(switches.reached) })
}
reaches.sort((a, b) => a.milliseconds - b.milliseconds)
const testing = [...new Set(reaches.flatMap(({ reached }) => [...reached]))].sort((a, b) => a - b)
await tell({ kind: 'ready', loading, testing })

for (const id of testing) {
  const told = answer()
  await tell({ kind: 'ask', id })
  const most = await told
  if (most === 0) continue
  const asked: Reach[] = []
  let milliseconds = 0
  for (const one of reaches) {
    if (!one.reached.has(id) || (asked.length > 0 && milliseconds + one.milliseconds > most)) continue
    asked.push(one)
    milliseconds += one.milliseconds
  }
  switches.on = id
  const failed = await firstOf(asked)
  switches.on = -1
  if (failed) await tell({ kind: 'failed', id, test: failed.name, alone: await passes(failed) })
  else await tell({ kind: 'passed', id })
}
await tell({ kind: 'done' })
process.exit(0)

async function firstOf(asked: readonly Reach[]): Promise<Declared | undefined> {
  for (const { test } of asked) if (!(await passes(test))) return test
  return undefined
}
