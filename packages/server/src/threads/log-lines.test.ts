import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handOver, makeLineCount } from './log-lines.ts'

test('lines that nobody takes wait up to a number; the rest are counted, and told when there is room', () => {
  const taken = makeLineCount()
  const given: string[] = []
  const log = handOver(
    (line) => void given.push(line),
    taken,
    (count) => `lost ${count}`,
  )
  for (let n = 0; n < 10_005; n++) log.write(`line ${n}`)
  assert.equal(given.length, 10_000)
  Atomics.add(taken, 0, 10_000)
  log.write('one more')
  assert.deepEqual(given.slice(10_000), ['lost 5', 'one more'])
})
