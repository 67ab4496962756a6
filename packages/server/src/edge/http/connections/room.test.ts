import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeRoom } from './room.ts'

test('a network has so many places and no more, the door so many of all, and each that is left is there again', () => {
  const room = makeRoom({ total: 3, perNetwork: 2 })
  assert.deepEqual([room.enter('192.0.2.1'), room.enter('192.0.2.1')], [undefined, undefined])
  assert.equal(room.enter('192.0.2.1'), 'crowded')
  assert.equal(room.enter('2001:db8::1'), undefined)
  assert.deepEqual([room.enter('192.0.2.3'), room.held], ['full', 3])
  room.leave('192.0.2.1')
  assert.deepEqual([room.enter('192.0.2.3'), room.held], [undefined, 3])
  room.leave('192.0.2.3')
  assert.deepEqual([room.enter('192.0.2.1'), room.enter('192.0.2.1'), room.held], [undefined, 'crowded', 3])
})
