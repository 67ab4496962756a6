import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { concat } from '../../../bytes/index.ts'
import { sha3256, sha3512, shake128, shake256 } from './keccak.ts'

const DATA = Uint8Array.from({ length: 600 }, (_, i) => (i * 31 + 7) & 0xff)

test('our SHA-3 and SHAKE are those of Node, at every length around their blocks', () => {
  const node = (name: string, data: Uint8Array, outputLength?: number): Uint8Array =>
    new Uint8Array(
      createHash(name, outputLength ? { outputLength } : {})
        .update(data)
        .digest(),
    )
  for (let length = 0; length <= 340; length++) {
    const data = DATA.subarray(0, length)
    assert.deepEqual(sha3256(data), node('sha3-256', data), `${length}`)
    assert.deepEqual(sha3512(data), node('sha3-512', data), `${length}`)
    assert.deepEqual(shake128(data).read(400), node('shake128', data, 400), `${length}`)
    assert.deepEqual(shake256(data).read(400), node('shake256', data, 400), `${length}`)
  }
})

test('a sponge gives the same in pieces as in one, and takes the same in parts', () => {
  const whole = shake256(DATA).read(500)
  const sponge = shake256(DATA.subarray(0, 100), new Uint8Array(0), DATA.subarray(100))
  assert.deepEqual(concat(sponge.read(1), sponge.read(135), sponge.read(0), sponge.read(364)), whole)
})
