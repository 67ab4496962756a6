import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paceOf, type Step, withStep } from './pace.ts'

const after = (...steps: Step[]) => steps.reduce<readonly Step[]>(withStep, [])

test('says nothing before there is something to go by', () => {
  assert.deepEqual(paceOf([], 100), {})
  assert.deepEqual(paceOf(after({ at: 0, done: 0 }, { at: 100, done: 50 }), 100), {})
})

test('the rate is that of the last seconds, and the time left follows from it', () => {
  const steady = after({ at: 0, done: 0 }, { at: 1000, done: 100 }, { at: 2000, done: 200 })
  assert.deepEqual(paceOf(steady, 1000), { rate: 100, secondsLeft: 8 })
  const faster = after({ at: 0, done: 0 }, { at: 10_000, done: 100 }, { at: 14_000, done: 4100 })
  assert.deepEqual(paceOf(faster, 4100), { rate: 1000, secondsLeft: 0 })
})

test('what stands still has no time left to tell', () => {
  assert.deepEqual(paceOf(after({ at: 0, done: 10 }, { at: 2000, done: 10 }), 100), {})
})
