import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultSignature, signatureByName } from '../algorithms/index.ts'
import { fromHex, utf8 } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import { generateKeyPair, sign, verify } from './index.ts'

const DATA = utf8('what is signed')

test('a signature verifies for its key, data and algorithm, and for no other', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const other = await generateKeyPair('ec-p256')
  const row = defaultSignature('ec-p256')
  const signature = await sign(privateKey, DATA)
  assert.equal(await verify(row, publicKey, DATA, signature), true)
  assert.equal(await verify(row, other.publicKey, DATA, signature), false)
  assert.equal(await verify(row, publicKey, utf8('something else'), signature), false)
  assert.equal(await verify(signatureByName('ECDSA with SHA-384'), publicKey, DATA, signature), false)
})

test('a key is kept after its first uses without being mixed up with another', async () => {
  const pairs = await Promise.all(Array.from({ length: 70 }, () => generateKeyPair('ec-p256')))
  const row = defaultSignature('ec-p256')
  for (let round = 0; round < 3; round++) {
    for (const [index, pair] of pairs.entries()) {
      const signature = await sign(pair.privateKey, DATA)
      assert.equal(await verify(row, pair.publicKey, DATA, signature), true)
      assert.equal(await verify(row, pairs[(index + 1) % 70]!.publicKey, DATA, signature), false)
    }
  }
})

test('RSA signs with PKCS #1 and with PSS, and the two are not taken for one another', async () => {
  const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
  const [pkcs1, pss] = [signatureByName('RSA with SHA-512'), signatureByName('RSA-PSS with SHA-512')]
  const signature = await sign(privateKey, DATA, pss)
  assert.equal(await verify(pss, publicKey, DATA, signature), true)
  assert.equal(await verify(pkcs1, publicKey, DATA, signature), false)
  assert.equal(await verify(pkcs1, publicKey, DATA, await sign(privateKey, DATA, pkcs1)), true)
})

test('an algorithm of another kind of key is a mismatch, not a wrong signature', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const row = signatureByName('RSA with SHA-256')
  const mismatch = (error: unknown): boolean => hasCode(error, 'key_mismatch')
  await assert.rejects(sign(privateKey, DATA, row), mismatch)
  await assert.rejects(verify(row, publicKey, DATA, new Uint8Array(64)), mismatch)
})

test('a point that is not on its curve is a malformed key', async () => {
  const { publicKey } = await generateKeyPair('ec-p256')
  const bad = publicKey.slice()
  bad[bad.length - 1]! ^= 1
  await assert.rejects(verify(defaultSignature('ec-p256'), bad, DATA, fromHex('3006020101020101')), (error) =>
    hasCode(error, 'key_malformed'),
  )
})
