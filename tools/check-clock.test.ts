import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkClock, readings } from './check-clock.ts'

test('whoever reads the clock is found, given as a function too; whoever makes a date of something is not', () => {
  const lines = (text: string): number[] => readings('x.ts', text).map(({ line }) => line)
  assert.deepEqual(lines('const a = 1\nconst until = Date.now() + 1'), [2])
  assert.deepEqual(lines('f = (now: () => number = Date.now) => 1'), [1])
  assert.deepEqual(lines('const at = new Date()\nconst day = new Date( )'), [1, 2])
  assert.deepEqual(lines('new Date(at)\nnew Date(0)\nworld.now()\nupdate.nowhere\nperformance.now()'), [])
})

test('the server reads it in one place, and where nothing is compared', () => {
  assert.deepEqual(checkClock(fileURLToPath(new URL('..', import.meta.url))), [])
})
