import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWindows } from './windows.ts'

const scene = (most = 10) => {
  let elapsed = 5_000
  const windows = createWindows({ elapsed: () => elapsed }, 60_000, most)
  return { windows, pass: (milliseconds: number) => (elapsed += milliseconds) }
}

test('a window begins with the first that is counted, tells what is left of it, and ends', () => {
  const { windows, pass } = scene()
  assert.equal(windows.of('a'), undefined)
  assert.deepEqual(windows.count('a'), { count: 1, left: 60_000 })
  pass(20_000)
  assert.deepEqual(windows.count('a'), { count: 2, left: 40_000 })
  assert.deepEqual(windows.count('b'), { count: 1, left: 60_000 })
  pass(39_999)
  assert.deepEqual(windows.of('a'), { count: 2, left: 1 })
  pass(1)
  assert.equal(windows.of('a'), undefined)
  assert.deepEqual(windows.of('b'), { count: 1, left: 20_000 })
  assert.deepEqual(windows.count('a'), { count: 1, left: 60_000 })
})

test('of too many keys the one that was counted longest ago is forgotten', () => {
  const { windows } = scene(2)
  for (const key of ['a', 'b', 'a', 'c']) windows.count(key)
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => windows.of(key)?.count),
    [2, undefined, 1],
  )
})
