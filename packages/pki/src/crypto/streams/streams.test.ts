import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { concat } from '../../bytes/index.ts'
import { cbcDecryptStream, cbcEncryptStream } from './cbc-stream.ts'
import type { CipherStream } from './cipher-stream.ts'
import { gcmStream } from './gcm-stream.ts'

const { subtle } = globalThis.crypto
const MIB = 1024 * 1024
// Around the block, around the piece, and several pieces.
const SIZES = [0, 1, 15, 16, 17, 4_095, MIB - 1, MIB, MIB + 1, MIB + 16, 3 * MIB - 5, 3 * MIB]
const CUTS: readonly (readonly [name: string, cut: (left: number) => number])[] = [
  ['at once', (left) => left],
  ['in odd parts', (left) => Math.min(left, 300_001)],
  ['a little over a piece', (left) => Math.min(left, MIB + 7)],
]

const random = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length))

async function run(stream: CipherStream, content: Uint8Array, cut: (left: number) => number) {
  const out: Uint8Array[] = []
  for (let at = 0; at < content.length; ) {
    const step = cut(content.length - at)
    out.push(await stream.update(content.subarray(at, at + step)))
    at += step
  }
  const { bytes, tag } = await stream.finish()
  return { bytes: concat(...out, bytes), tag }
}

for (const bits of [128, 256] as const) {
  test(`AES-${bits}-GCM in pieces is AES-${bits}-GCM in one call: ciphertext and tag, any size, any cut`, async () => {
    for (const size of SIZES) {
      const [key, nonce, content] = [random(bits / 8), random(12), random(size)]
      const additional = random(size % 50)
      const peer = createCipheriv(`aes-${bits}-gcm`, key, nonce).setAAD(additional)
      const expected = new Uint8Array(Buffer.concat([peer.update(content), peer.final()]))
      for (const [name, cut] of CUTS) {
        const sealed = await run(await gcmStream(subtle, key, nonce, additional, 'output'), content, cut)
        assert.deepEqual(sealed.bytes, expected, `${size} ${name}`)
        assert.deepEqual(sealed.tag, new Uint8Array(peer.getAuthTag()), `${size} ${name}`)
        const opened = await run(await gcmStream(subtle, key, nonce, additional, 'input'), expected, cut)
        assert.deepEqual(opened.bytes, content)
        assert.deepEqual(opened.tag, sealed.tag)
      }
    }
  })
}

test('AES-CBC in pieces is AES-CBC in one call, both ways, any size, any cut', async () => {
  for (const size of SIZES) {
    const [key, iv, content] = [random(32), random(16), random(size)]
    const peer = createCipheriv('aes-256-cbc', key, iv)
    const expected = new Uint8Array(Buffer.concat([peer.update(content), peer.final()]))
    for (const [name, cut] of CUTS) {
      const sealed = await run(await cbcEncryptStream(subtle, key, iv), content, cut)
      assert.deepEqual(sealed.bytes, expected, `${size} ${name}`)
      const opened = await run(await cbcDecryptStream(subtle, key, iv), expected, cut)
      assert.deepEqual(opened.bytes, content, `${size} ${name}`)
    }
  }
})

test('wrong padding, a cut block and nothing at all are refused at the end', async () => {
  const [key, iv] = [random(32), random(16)]
  for (const size of [20, MIB + 20]) {
    const sealed = (await run(await cbcEncryptStream(subtle, key, iv), random(size), (left) => left)).bytes
    const altered = sealed.slice()
    altered[altered.length - 17]! ^= 0x80 // the padding’s last octet, 0x0c, becomes 0x8c
    for (const bad of [altered, sealed.subarray(0, -1), sealed.subarray(0, 0)]) {
      await assert.rejects(
        run(await cbcDecryptStream(subtle, key, iv), bad, (left) => left),
        `${size} ${bad.length}`,
      )
    }
  }
})
