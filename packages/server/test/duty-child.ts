import { writeSync } from 'node:fs'
import { createDuties } from '../src/core/duties/duties.ts'
import { realWorld } from '../src/core/world.ts'
import { leased } from '../src/jobs/leased.ts'
import { openSample } from '../src/store/testing/sample-work.ts'

// For duties.test.ts: a desk that has a duty, does half of it, says so, and goes on for ever.

const [database, lasts] = process.argv.slice(2)
const work = await openSample(JSON.parse(database!))
const duties = createDuties({ work, world: realWorld, report: () => undefined, holder: 'child', lasts: Number(lasts) })
const run = async (): Promise<never> => {
  await work.transaction(({ settings }) => settings.set('half', 'child'))
  writeSync(1, 'half\n')
  for (;;) await new Promise((resolve) => setTimeout(resolve, 1_000))
}
await leased(
  duties,
  { warn: () => undefined },
  Number(lasts),
)({ name: 'test', duty: 'purge', run }).run(new AbortController().signal)
