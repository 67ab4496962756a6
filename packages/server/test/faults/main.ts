// `npm run test:faults -- [--rounds 50] [--database sqlite|postgres] [--seed N] [--only WORD]`: kills, cuts, fills, freezes
// and turns the clock under load, and compares what is there afterwards with what anybody was told.

import { parseArgs } from 'node:util'
import { postgresMissing } from '../../src/testing/index.ts'
import { playRounds, summaryLines } from './rounds.ts'

// Node 26 may spin for ever in its own taking down of a process whose connections were reset; by then all is said.
process.on('exit', () => process.exit())

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    database: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
})
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const missing = postgresMissing()
for (const engine of ['sqlite', 'postgres'] as const) {
  if (values.database !== undefined && values.database !== engine) continue
  if (engine === 'postgres' && missing !== undefined) {
    print(missing)
    process.exitCode = 1
    continue
  }
  const { only } = values
  const options = { engine, rounds: Number(values.rounds), seed: Number(values.seed), print, ...(only && { only }) }
  const summary = await playRounds(options)
  for (const line of summaryLines(summary)) print(line)
  if (summary.lost.length + summary.doubled.length + summary.wrong.length > 0) process.exitCode = 1
}
