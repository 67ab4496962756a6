import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coalescing } from './coalescing.ts'

/** An act that is held until it is let go, and counts how often it ran and how many ran at once. */
function heldAct() {
  const state = { runs: 0, atOnce: 0, most: 0, release: [] as (() => void)[] }
  const act = async (): Promise<void> => {
    state.runs++
    state.most = Math.max(state.most, ++state.atOnce)
    await new Promise<void>((resolve) => state.release.push(resolve))
    state.atOnce--
  }
  return { state, act }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('calls during a run share one run that begins after it', async () => {
  const { state, act } = heldAct()
  const run = coalescing(act)
  const all = [run('a'), run('a'), run('a'), run('a')]
  state.release.shift()!()
  await settle()
  assert.equal(state.runs, 2)
  all.push(run('a')) // asked while the second runs: a third, or its cause would be missed
  state.release.shift()!()
  await settle()
  state.release.shift()!()
  await Promise.all(all)
  assert.deepEqual([state.runs, state.most], [3, 1])
})

test('keys do not wait for one another', async () => {
  const { state, act } = heldAct()
  const run = coalescing(act)
  const both = [run('a'), run('b')]
  assert.equal(state.atOnce, 2)
  for (const release of state.release) release()
  await Promise.all(both)
})

test('a failed run is told to those who waited for it, and the next one runs', async () => {
  let runs = 0
  const run = coalescing(async () => {
    if (++runs === 1) throw new Error('no disk')
  })
  const [first, second] = [run('a'), run('a')]
  await assert.rejects(first, /no disk/)
  await second
  assert.equal(runs, 2)
})
