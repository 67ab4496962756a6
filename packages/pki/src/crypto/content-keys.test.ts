// What messages need of ciphers beyond encrypting: a tag whose additional data comes last, the wrap under a passphrase,
// RSA for old programs, and old ciphers in pieces.

import assert from 'node:assert/strict'
import { constants, createCipheriv, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { AEADS, CIPHERS } from '../algorithms/index.ts'
import { DerReader, octetString } from '../asn1/index.ts'
import { concat, fromHex, toHex } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import {
  encryptGcm,
  encryptPkcs1v15,
  exportPrivateKey,
  generateKeyPair,
  isDangerousCipher,
  randomBytes,
  readDangerousCipher,
  tagWithoutAdditional,
  unwrapKeyTwice,
  wrapKeyTwice,
} from './index.ts'

test('the share of additional data is taken out of a tag, whatever the lengths', async () => {
  const sizes = fc.nat({ max: 100 })
  await fc.assert(
    fc.asyncProperty(sizes, sizes, fc.constantFrom(...AEADS), async (length, additional, cipher) => {
      const [key, nonce] = [randomBytes(cipher.keyLength), randomBytes(12)]
      const [data, aad] = [randomBytes(length), randomBytes(additional)]
      const [bare, full] = [
        await encryptGcm(cipher, key, nonce, data),
        await encryptGcm(cipher, key, nonce, data, { aad }),
      ]
      const tag = await tagWithoutAdditional(cipher, key, full.subarray(length), aad, length)
      assert.deepEqual(tag, bare.slice(length))
    }),
    { numRuns: 100 },
  )
})

test('the wrap of RFC 3211 is two passes of CBC, and every octet depends on all of them', async () => {
  for (const cipher of CIPHERS) {
    for (const length of [3, 16, 24, 28, 29, 32, 64, 255]) {
      const [kek, iv, key] = [randomBytes(cipher.keyLength), randomBytes(16), randomBytes(length)]
      const wrapped = await wrapKeyTwice(cipher, kek, iv, key)
      assert.equal(wrapped.length, Math.max(32, Math.ceil((length + 4) / 16) * 16))
      assert.deepEqual(await unwrapKeyTwice(cipher, kek, iv, wrapped), key)
      // The definition, from the back: the platform's own CBC, twice.
      const name = cipher.name.toLowerCase()
      const raw = (start: Uint8Array, blocks: Uint8Array): Uint8Array => {
        const running = createDecipheriv(name, kek, start).setAutoPadding(false)
        return new Uint8Array(Buffer.concat([running.update(blocks), running.final()]))
      }
      const middle = raw(wrapped.subarray(-32, -16), wrapped.subarray(-16))
      const plain = raw(iv, raw(middle, wrapped))
      assert.deepEqual(
        plain.subarray(0, 4 + length),
        concat(
          Uint8Array.of(length),
          key.slice(0, 3).map((one) => ~one),
          key,
        ),
      )
    }
  }
  const [kek, iv] = [randomBytes(32), randomBytes(16)]
  const wrapped = await wrapKeyTwice(CIPHERS[2]!, kek, iv, randomBytes(32))
  for (let at = 0; at < wrapped.length; at++) {
    const bad = wrapped.slice()
    bad[at]! ^= 1
    await assert.rejects(
      unwrapKeyTwice(CIPHERS[2]!, kek, iv, bad),
      (error) => hasCode(error, 'decryption_failed'),
      `${at}`,
    )
  }
  for (const length of [0, 16, 31, 33, 288]) {
    const bad = unwrapKeyTwice(CIPHERS[2]!, kek, iv, randomBytes(length))
    await assert.rejects(bad, (error) => hasCode(error, 'decryption_failed'), `${length}`)
  }
  // Right in all but its length: seventeen blocks hold the longest key.
  const twice = (blocks: Uint8Array, from: Uint8Array): Uint8Array =>
    new Uint8Array(createCipheriv('aes-256-cbc', kek, from).setAutoPadding(false).update(blocks))
  for (const [length, fits] of [
    [272, true],
    [288, false],
  ] as const) {
    const once = twice(concat(fromHex('03' + 'fefdfc' + '010203'), randomBytes(length - 7)), iv)
    const opened = unwrapKeyTwice(CIPHERS[2]!, kek, iv, twice(once, once.slice(-16)))
    if (fits) assert.equal(toHex(await opened), '010203')
    else await assert.rejects(opened, (error) => hasCode(error, 'decryption_failed'))
  }
  await assert.rejects(wrapKeyTwice(CIPHERS[2]!, kek, iv, randomBytes(2)), (error) => hasCode(error, 'key_mismatch'))
  await assert.rejects(wrapKeyTwice(CIPHERS[0]!, kek, iv, randomBytes(16)), (error) => hasCode(error, 'key_mismatch'))
})

test('RSA PKCS #1 v1.5: the platform finds what was encrypted, in padding without zeros that is new each time', async () => {
  const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
  const key = createPrivateKey({ key: Buffer.from(await exportPrivateKey(privateKey)), format: 'der', type: 'pkcs8' })
  for (const length of [0, 1, 16, 32, 245]) {
    const plain = randomBytes(length)
    const [first, second] = [await encryptPkcs1v15(publicKey, plain), await encryptPkcs1v15(publicKey, plain)]
    assert.equal(first.length, 256)
    assert.notDeepEqual(first, second)
    const padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, first)
    assert.deepEqual([padded[0], padded[1]], [0, 2])
    assert.equal(padded.indexOf(0, 2), 255 - length)
    assert.deepEqual(new Uint8Array(padded.subarray(256 - length)), plain)
  }
  const limit = { what: 'RSA PKCS #1 v1.5', limit: 245 }
  await assert.rejects(encryptPkcs1v15(publicKey, randomBytes(246)), { code: 'input_too_large', facts: limit })
  const { publicKey: other } = await generateKeyPair('ec-p256')
  await assert.rejects(encryptPkcs1v15(other, randomBytes(16)), (error) => hasCode(error, 'key_mismatch'))
})

test('triple DES in pieces is triple DES in one call, any size, any cut', async () => {
  assert.ok(isDangerousCipher('1.2.840.113549.3.7') && !isDangerousCipher('2.16.840.1.101.3.4.1.42'))
  for (const size of [0, 1, 7, 8, 9, 100, 1_000]) {
    for (const cut of [1, 7, 8, 9, 1_000]) {
      const [key, iv, content] = [randomBytes(24), randomBytes(8), randomBytes(size)]
      const peer = createCipheriv('des-ede3-cbc', key, iv)
      const sealed = new Uint8Array(Buffer.concat([peer.update(content), peer.final()]))
      const parameters = octetString(iv)
      const cipher = DerReader.whole(parameters, 'IV', (reader) => readDangerousCipher('1.2.840.113549.3.7', reader))
      const stream = cipher.decrypt(key)
      const parts: Uint8Array[] = []
      for (let at = 0; at < sealed.length; at += cut) parts.push(await stream.update(sealed.subarray(at, at + cut)))
      assert.deepEqual(concat(...parts, (await stream.finish()).bytes), content, `${size} ${cut}`)
      const short = cipher.decrypt(key)
      await short.update(sealed.subarray(0, -1))
      await assert.rejects(short.finish(), (error) => hasCode(error, 'decryption_failed'))
    }
  }
})
