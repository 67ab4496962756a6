import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuses } from '../../../test/refuses.ts'
import { AEADS, CIPHERS } from '../../algorithms/index.ts'
import { streams as node } from '../engine/node/streams.ts'
import { streams as web } from '../engine/web/streams.ts'
import type { CipherStream } from '../index.ts'
import { decryptStream, encryptGcm, encryptStream, LONGEST_GCM, randomBytes } from '../index.ts'

const [aes, cbc] = [AEADS[0]!, CIPHERS[0]!]

test('a key, an IV or a nonce of another length starts no stream', async () => {
  for (const start of [encryptStream, decryptStream]) {
    for (const [cipher, right] of [
      [cbc, 16],
      [aes, 12],
    ] as const) {
      await start(cipher, randomBytes(16), randomBytes(right))
      for (const length of [0, right - 1, right + 1]) {
        await refuses(start(cipher, randomBytes(16), randomBytes(length)), 'key_mismatch')
      }
      for (const length of [0, 15, 24, 32]) {
        await refuses(start(cipher, randomBytes(length), randomBytes(right)), 'key_mismatch', { what: cipher.name })
      }
    }
  }
})

test('one nonce encrypts 2^32 − 2 blocks and not one octet more, however they come', async () => {
  const update = async (stream: CipherStream, bytes: Uint8Array): Promise<Uint8Array> => stream.update(bytes)
  // So long that it cannot be: the platform refuses it, but only after the count has let it pass.
  const long = (length: number): Uint8Array => ({ length }) as Uint8Array
  for (const start of [encryptStream, decryptStream]) {
    const stream = await start(aes, randomBytes(16), randomBytes(12))
    await assert.rejects(update(stream, long(LONGEST_GCM)), TypeError)
    await refuses(update(stream, new Uint8Array(1)), 'input_too_large')
    const other = await start(aes, randomBytes(16), randomBytes(12))
    await refuses(update(other, long(LONGEST_GCM + 1)), 'input_too_large')
  }
})

for (const [platform, streams] of [
  ['Node', node],
  ['the web', web],
] as const) {
  test(`a tag that is missing, cut, longer or another ends no stream on ${platform}`, async () => {
    const [key, nonce, aad, content] = [randomBytes(16), randomBytes(12), randomBytes(3), randomBytes(100)]
    for (const tagLength of [12, 16]) {
      const sealed = await encryptGcm(aes, key, nonce, content, { aad, tagLength })
      const tag = sealed.slice(content.length)
      const end = async (given?: Uint8Array): Promise<unknown> => {
        const stream = await streams.decryptGcmStream(aes, key, nonce, { aad, tagLength })
        await stream.update(sealed.subarray(0, content.length))
        return stream.finish(given)
      }
      await end(tag)
      const changed = tag.map((octet, at) => (at === tagLength - 1 ? octet ^ 1 : octet))
      const longer = Uint8Array.of(...tag, 0)
      for (const bad of [undefined, new Uint8Array(), tag.subarray(1), tag.subarray(0, -1), longer, changed]) {
        await refuses(end(bad), 'decryption_failed')
      }
    }
  })
}
