import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeKeptOctets } from './kept-octets.ts'

const LATE = 3_600_000

/** Octets that are kept for connections, each from its address, and those that went for it. */
function keeping(perNetwork: number, perDoor: number) {
  const gone: string[] = []
  const kept = makeKeptOctets({ limits: { perNetwork, perDoor }, moving: LATE, look: LATE, gone: () => {} })
  const keep = (name: string, remoteAddress: string, bytes: number) =>
    kept.keep({ remoteAddress, destroy: () => gone.push(name) } as never, bytes)
  return { kept, keep, gone }
}

test('a network, and a door, may keep as many octets as their limit', () => {
  const network = keeping(200, 1_000)
  for (const name of ['a', 'b', 'c']) network.keep(name, '192.0.2.1', 100)
  assert.deepEqual([network.gone, network.kept.bytes], [['a'], 200])
  const door = keeping(1_000, 200)
  for (const name of ['1', '2', '3']) door.keep(name, `192.0.2.${name}`, 100)
  assert.deepEqual([door.gone, door.kept.bytes], [['1'], 200])
})

test('where a door keeps too much, it goes from the network that keeps the most, though others wait longer', () => {
  const { keep, gone } = keeping(1_000, 300)
  keep('small', '192.0.2.1', 100)
  keep('large', '192.0.2.2', 100)
  keep('larger', '192.0.2.2', 100)
  keep('newest', '192.0.2.3', 100)
  assert.deepEqual(gone, ['large'])
})

test('what grows counts, and what has gone grows no more', () => {
  const { kept, keep, gone } = keeping(200, 1_000)
  const first = keep('first', '192.0.2.1', 100)
  const second = keep('second', '192.0.2.1', 50)
  second.grown(50)
  assert.deepEqual([gone, kept.bytes], [[], 200])
  second.grown(1)
  assert.deepEqual([gone, kept.bytes], [['first'], 101])
  first.grown(1_000)
  assert.deepEqual([gone, kept.bytes], [['first'], 101])
  second.end()
  second.end()
  assert.equal(kept.bytes, 0)
})
