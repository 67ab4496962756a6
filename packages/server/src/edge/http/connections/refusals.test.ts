import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeRefusals } from './refusals.ts'

test('a network is counted under one name, in whichever form a door sees its addresses; who has none is unknown', () => {
  const lines: unknown[] = []
  const log = { info: (line: unknown) => void lines.push(line), warn: (line: unknown) => void lines.push(line) }
  const refusals = makeRefusals(log as never)
  for (const address of ['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1', '2001:db8::2', undefined]) {
    refusals.count('greedy', address)
  }
  refusals.close()
  const worst = [
    { network: '192.0.2.7', count: 2 },
    { network: '2001:db8:0:0', count: 2 },
    { network: 'unknown', count: 1 },
  ]
  assert.deepEqual(lines, [{ refused: 5, why: { greedy: 5 }, worst }])
})
