import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postgresMissing } from '../../src/testing/index.ts'
import { chanceOf } from './chance.ts'
import { playRounds, summaryLines } from './rounds.ts'

// Three rounds of `npm run test:faults`, which plays fifty.

const played = async (engine: 'sqlite' | 'postgres', only: string): Promise<void> => {
  const seed = Date.now() % 1_000_000
  const summary = await playRounds({ engine, rounds: 1, seed, only, print: () => {} })
  assert.deepEqual([...summary.lost, ...summary.doubled, ...summary.wrong], [], summaryLines(summary).join('\n'))
  assert.ok(summary.acknowledged > 0, 'nobody was told anything: the round says nothing')
}

test('killed at work on the embedded database, nothing that anybody was told is lost, doubled or half', () =>
  played('sqlite', 'killed at work, and again while starting'))

test('with its issuing key away, the desk answers what is true, and signs everything once the key is back', () =>
  played('sqlite', 'the issuing key is away'))

test('cut off from PostgreSQL in the midst of commits, nothing that anybody was told is lost, doubled or half', async (t) => {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  await played('postgres', 'connections are cut in the commit')
})

test('the same seed draws the same rounds', () => {
  const draw = (seed: number): number[] => {
    const chance = chanceOf(seed)
    return Array.from({ length: 20 }, () => chance.between(1, 100))
  }
  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
})

// Node 26 may spin for ever in its own taking down of a process whose connections were reset; by then nothing of a test is left to do.
process.on('exit', () => process.exit())
