import assert from 'node:assert/strict'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { streams as node } from '../engine/node/streams.ts'
import { streams as web } from '../engine/web/streams.ts'

const NAMES = ['SHA-256', 'SHA-384', 'SHA-512'] as const
const SIZES = [0, 1, 55, 56, 63, 64, 65, 111, 112, 119, 127, 128, 129, 1_000, 70_001]

for (const [platform, streams] of [
  ['Node', node],
  ['the web', web],
] as const) {
  test(`digests and codes in pieces on ${platform} are those of one call, for any size and any cut`, async () => {
    for (const name of NAMES) {
      const hash = name.replace('-', '').toLowerCase()
      for (const size of SIZES) {
        const content = new Uint8Array(randomBytes(size))
        for (const step of [1, 13, 64, 100_000]) {
          if (size > 2_000 && step < 13) continue
          const key = new Uint8Array(randomBytes(size % 200))
          const [digest, code] = [streams.digestStream(name), streams.hmacStream(name, key)]
          for (let at = 0; at < size; at += step) {
            digest.update(content.subarray(at, at + step))
            code.update(content.subarray(at, at + step))
          }
          assert.equal(
            Buffer.from(await digest.digest()).toString('hex'),
            createHash(hash).update(content).digest('hex'),
          )
          assert.equal(
            Buffer.from(await code.digest()).toString('hex'),
            createHmac(hash, key).update(content).digest('hex'),
            `${name} ${size} ${step} key of ${key.length}`,
          )
        }
      }
    }
  })
}
