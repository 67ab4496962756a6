// The two engines must not be told apart: what one makes, the other reads. Node has WebCrypto too, so both run here.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  AEADS,
  CIPHERS,
  KEY_SPECS,
  KEY_WRAPS,
  kemByOid,
  pssSignature,
  readPublicKey,
  SIGNATURES,
} from '../../algorithms/index.ts'
import { fromHex, utf8 } from '../../bytes/index.ts'
import { hasCode } from '../../errors/index.ts'
import { rawOfDer } from '../ecdsa-signature.ts'
import { sha256Repeated } from '../sha256.ts'
import { sha512Repeated } from '../streams/sha512-blocks.ts'
import { engine as node } from './node.ts'
import { engine as web } from './web.ts'

const DATA = utf8('the same on both sides')

// rsa-4096 takes seconds to make; two of the twelve SLH-DSA sets stand for all.
const SKIPPED = /^rsa-4096$|^slh-dsa-(?!sha2-128f|shake-192f)/
const DIRECTIONS = [
  [node, web],
  [web, node],
] as const

for (const row of Object.values(KEY_SPECS).filter(({ spec }) => !SKIPPED.test(spec))) {
  if (row.kind === 'slh-dsa') {
    test(`${row.spec}: made, used and kept in Node; WebCrypto does not know it and says so`, async () => {
      const made = await node.generate(row)
      const pkcs8 = await node.exportKey(made.handle)
      const again = await node.importKey(pkcs8, row)
      const signature = await node.sign(again.handle, row.signature!, row, DATA)
      const key = readPublicKey(made.spki)
      assert.equal(await node.verify(row.signature!, key, made.spki, DATA, signature), true)
      assert.equal(await node.verify(row.signature!, key, made.spki, utf8('other'), signature), false)
      const lacks = (error: unknown): boolean => hasCode(error, 'algorithm_unsupported') && error.facts.oid === row.oid
      await assert.rejects(web.generate(row), lacks)
      await assert.rejects(web.importKey(pkcs8, row), lacks)
      await assert.rejects(web.verify(row.signature!, key, made.spki, DATA, signature), lacks)
    })
    continue
  }
  test(`${row.spec}: keys pass between the engines, and so does what is done with them`, async () => {
    for (const [maker, taker] of DIRECTIONS) {
      const made = await maker.generate(row)
      const taken = await taker.importKey(await maker.exportKey(made.handle), row)
      assert.deepEqual(taken.spki, made.spki)
      const key = readPublicKey(made.spki)
      for (const algorithm of SIGNATURES.filter((one) => one.keyOids.includes(row.oid))) {
        const signature = await taker.sign(taken.handle, algorithm, row, DATA)
        assert.equal(await maker.verify(algorithm, key, made.spki, DATA, signature), true, algorithm.name)
        const wrong = await maker.verify(algorithm, key, made.spki, utf8('other'), signature)
        assert.equal(wrong, false, algorithm.name)
      }
      if (row.use === 'agree' || row.kind === 'ec') {
        const other = await taker.generate(row)
        const secret = await maker.agree(made.handle, readPublicKey(other.spki), other.spki)
        assert.deepEqual(await taker.agree(other.handle, key, made.spki), secret)
        assert.equal(secret.length, row.curve?.size ?? key.keyBits.length)
      }
      if (row.use === 'encapsulate') {
        const { sharedSecret, ciphertext } = await taker.encapsulate(kemByOid(row.oid), made.spki)
        assert.deepEqual(await maker.decapsulate(kemByOid(row.oid), made.handle, ciphertext), sharedSecret)
      }
      if (row.kind === 'rsa') {
        for (const digest of ['SHA-1', 'SHA-256', 'SHA-512'] as const) {
          const parameters = { digest, mgfDigest: digest, label: DATA }
          const encrypted = await taker.encryptOaep(made.spki, parameters, DATA)
          assert.deepEqual(await maker.decryptOaep(made.handle, parameters, encrypted), DATA)
          assert.equal(await taker.decryptOaep(taken.handle, { ...parameters, label: utf8('x') }, encrypted), undefined)
        }
      }
    }
  })
}

test('two digests in one use of RSA are for Node; WebCrypto has no word for it, and it is refused', async () => {
  const lacks = (error: unknown): boolean => hasCode(error, 'algorithm_unsupported')
  const { spki, handle } = await web.generate(KEY_SPECS['rsa-2048'])
  const row = pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-384', saltLength: 32 })
  const key = readPublicKey(spki)
  assert.equal(await node.verify(row, key, spki, DATA, new Uint8Array(256)), false)
  await assert.rejects(web.verify(row, key, spki, DATA, new Uint8Array(256)), lacks)
  await assert.rejects(web.sign(handle, row, key, DATA), lacks)
  const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-1' } as const
  assert.equal((await node.encryptOaep(spki, parameters, DATA)).length, 256)
  await assert.rejects(web.encryptOaep(spki, parameters, DATA), lacks)
  await assert.rejects(web.decryptOaep(handle, parameters, new Uint8Array(256)), lacks)
})

test('AES-GCM and key wrap agree, and refuse alike', async () => {
  const [nonce, aad] = [new Uint8Array(12).fill(7), utf8('seen')]
  for (const cipher of AEADS) {
    const key = new Uint8Array(cipher.keyLength).fill(9)
    for (const tagLength of [12, 13, 14, 15, 16]) {
      const encrypted = await web.encryptGcm(cipher, key, nonce, DATA, { aad, tagLength })
      assert.deepEqual(await node.encryptGcm(cipher, key, nonce, DATA, { aad, tagLength }), encrypted)
      const broken = encrypted.with(0, encrypted[0]! ^ 1)
      for (const engine of [node, web]) {
        assert.deepEqual(await engine.decryptGcm(cipher, key, nonce, encrypted, { aad, tagLength }), DATA)
        assert.equal(await engine.decryptGcm(cipher, key, nonce, broken, { aad, tagLength }), undefined)
        assert.equal(await engine.decryptGcm(cipher, key, nonce, encrypted, { aad: DATA, tagLength }), undefined)
      }
    }
  }
  for (const wrap of KEY_WRAPS) {
    const kek = new Uint8Array(wrap.keyLength).fill(3)
    for (const length of [16, 24, 32, 64, 1632]) {
      const key = node.random(length)
      const wrapped = await web.wrapKey(wrap, kek, key)
      assert.deepEqual(await node.wrapKey(wrap, kek, key), wrapped)
      for (const engine of [node, web]) {
        assert.deepEqual(await engine.unwrapKey(wrap, kek, wrapped), key)
        assert.equal(await engine.unwrapKey(wrap, kek, wrapped.with(5, wrapped[5]! ^ 1)), undefined)
      }
    }
  }
})

test('digests, codes, derivations and ciphers agree', async () => {
  const text = fc.uint8Array({ maxLength: 300 })
  const secret = fc.uint8Array({ maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(
      text,
      secret,
      fc.constantFrom('SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'),
      async (data, key, name) => {
        assert.deepEqual(await node.digest(name, data), await web.digest(name, data))
        assert.deepEqual(await node.digestRepeated(name, data, 3), await web.digestRepeated(name, data, 3))
        assert.deepEqual(await node.hmac(name, key, data), await web.hmac(name, key, data))
        assert.deepEqual(await node.pbkdf2(name, key, data, 2, 32), await web.pbkdf2(name, key, data, 2, 32))
        assert.deepEqual(await node.shake256(data, 40), await web.shake256(data, 40))
      },
    ),
    { numRuns: 40 },
  )
  await assert.rejects(web.digest('SHA-224', DATA), (error) => hasCode(error, 'algorithm_unsupported'))
  await assert.rejects(web.scrypt(DATA, DATA, { N: 2, r: 1, p: 1 }, 8), (error) =>
    hasCode(error, 'algorithm_unsupported'),
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

test('SHA-384 and SHA-512, repeated in JavaScript, are those of the platform, whatever the length', async () => {
  for (const name of ['SHA-384', 'SHA-512'] as const) {
    for (const length of [0, 1, 111, 112, 127, 128, 239, 240, 1_000]) {
      const data = new Uint8Array(length).fill(length)
      assert.deepEqual(sha512Repeated(name, data, 1), await node.digest(name, data), `${length}`)
      assert.deepEqual(sha512Repeated(name, data, 7), await node.digestRepeated(name, data, 7), `${length}`)
    }
  }
})

test('a pause lets timers have their turn in either engine', async () => {
  for (const engine of [node, web]) {
    let turn = false
    setTimeout(() => {
      turn = true
    }, 0)
    for (let i = 0; i < 1_000 && !turn; i++) await engine.pause()
    assert.ok(turn)
  }
})
