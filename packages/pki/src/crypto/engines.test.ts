// The two engines must not be told apart: what one makes, the other reads. Node has WebCrypto too, so both run here.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { KeySpec } from '../algorithms/index.ts'
import { CIPHERS, KEY_SPECS, readPublicKey, SIGNATURES } from '../algorithms/index.ts'
import { fromHex, utf8 } from '../bytes/index.ts'
import { rawOfDer } from './ecdsa-signature.ts'
import { engine as node } from './engine.node.ts'
import { engine as web } from './engine.web.ts'
import { sha256Repeated } from './sha256.ts'

const DATA = utf8('the same on both sides')

for (const [spec, row] of Object.entries(KEY_SPECS).filter(([name]) => name !== 'rsa-4096')) {
  test(`${spec as KeySpec}: keys and signatures pass between the engines`, async () => {
    for (const [maker, taker] of [
      [node, web],
      [web, node],
    ] as const) {
      const made = await maker.generate(row)
      const taken = await taker.importKey(await maker.exportKey(made.handle), row)
      assert.deepEqual(taken.spki, made.spki)
      const key = readPublicKey(made.spki)
      for (const algorithm of SIGNATURES.filter((one) => one.key === row.kind)) {
        const signature = await taker.sign(taken.handle, algorithm, row, DATA)
        assert.equal(await maker.verify(algorithm, key, made.spki, DATA, signature), true, algorithm.name)
        const wrong = await maker.verify(algorithm, key, made.spki, utf8('other'), signature)
        assert.equal(wrong, false, algorithm.name)
      }
    }
  })
}

test('digests, codes, derivations and ciphers agree', async () => {
  const text = fc.uint8Array({ maxLength: 300 })
  const secret = fc.uint8Array({ minLength: 1, maxLength: 200 }) // WebCrypto has no empty keys, and we make none
  await fc.assert(
    fc.asyncProperty(
      text,
      secret,
      fc.constantFrom('SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'),
      async (data, key, name) => {
        assert.deepEqual(await node.digest(name, data), await web.digest(name, data))
        assert.deepEqual(await node.digestRepeated(name, data, 3), await web.digestRepeated(name, data, 3))
        assert.deepEqual(await node.hmac(name, key, data), await web.hmac(name, key, data))
        assert.deepEqual(await node.pbkdf2(name, key, data, 2, 32), await web.pbkdf2(name, key, data, 2, 32))
      },
    ),
    { numRuns: 40 },
  )
  const iv = new Uint8Array(16)
  for (const cipher of CIPHERS.filter(({ keyLength }) => keyLength !== 24)) {
    const key = new Uint8Array(cipher.keyLength)
    const encrypted = await web.encryptCbc(cipher, key, iv, DATA)
    assert.deepEqual(await node.encryptCbc(cipher, key, iv, DATA), encrypted)
    assert.deepEqual(await web.decryptCbc(cipher, key, iv, encrypted), DATA)
    const broken = encrypted.slice()
    broken[encrypted.length - 17]! ^= 0xff
    assert.equal(await node.decryptCbc(cipher, key, iv, broken), undefined)
    assert.equal(await web.decryptCbc(cipher, key, iv, broken), undefined)
  }
})

test('our SHA-256 is SHA-256, at every length around its blocks', async () => {
  for (let length = 0; length < 200; length++) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff)
    assert.deepEqual(sha256Repeated(data, 1), await node.digest('SHA-256', data), `${length}`)
  }
  assert.deepEqual(sha256Repeated(DATA, 1_000), await node.digestRepeated('SHA-256', DATA, 1_000))
})

test('random bytes are of the length asked for and not repeated', () => {
  const seen = new Set<string>()
  for (let i = 0; i < 500; i++) seen.add(Buffer.from(node.random(16)).toString('hex'))
  assert.equal(seen.size, 500)
  assert.equal(node.random(5_000).length, 5_000)
  assert.equal(node.random(0).length, 0)
})

test('ECDSA signatures in another form than strict DER are no signatures', () => {
  for (const hex of ['3006020101020101ff', '300702020001020101', '30060201ff020101', '308106020101020101', '3000']) {
    assert.equal(rawOfDer(fromHex(hex), 32), undefined, hex)
  }
  assert.equal(rawOfDer(fromHex('3006020101020102'), 32)?.length, 64)
})
