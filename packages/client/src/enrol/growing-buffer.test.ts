import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growingBuffer } from './growing-buffer.ts'

test('what arrives in pieces of any size is one buffer, up to the last octet that is taken and no further', () => {
  for (const largest of [0, 1, 100, 16 * 1024, 100_000]) {
    const all = Buffer.from(Array.from({ length: largest }, (_, index) => index % 251))
    for (const size of [16, 1_000, 40_000, largest || 1]) {
      const body = growingBuffer(largest)
      for (let at = 0; at < largest; at += size) assert.ok(body.take(all.subarray(at, at + size)))
      assert.ok(body.take(new Uint8Array(0)))
      assert.ok(!body.take(new Uint8Array(1)), 'one more than is taken')
      assert.ok(body.bytes().equals(all))
      assert.ok(body.bytes().buffer.byteLength <= Math.max(largest, 0))
    }
  }
})

test('a piece that is handed over again with other octets does not change what was taken', () => {
  const body = growingBuffer(10)
  const piece = Buffer.from('ab')
  body.take(piece)
  piece.fill('x')
  assert.equal(String(body.bytes()), 'ab')
})

test('crumbs have an end before the octets do', () => {
  const body = growingBuffer(1024 * 1024)
  let taken = 0
  while (body.take(Buffer.from('x'))) taken++
  assert.equal(taken, 64 * 1024 + 4 * 1024)
})
