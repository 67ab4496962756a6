import assert from 'node:assert/strict'
import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { test } from 'node:test'
import { refuses } from '../../test/refuses.ts'
import { AEADS, KEY_WRAPS, signatureByName } from '../algorithms/index.ts'
import { fromHex, toHex, utf8 } from '../bytes/index.ts'
import {
  agree,
  decapsulate,
  decryptGcm,
  decryptOaep,
  decryptPkcs1v15,
  digest,
  encapsulate,
  encryptGcm,
  encryptOaep,
  generateKeyPair,
  hkdf,
  hmac,
  importPrivateKey,
  pbkdf2,
  randomBytes,
  scrypt,
  shake256,
  sign,
  unwrapKey,
  wrapKey,
  x963Kdf,
} from './index.ts'
import { padOaep, unpadOaep } from './rsa/oaep-padding.ts'

test('HKDF gives what RFC 5869 appendix A says', async () => {
  const [ikm, salt, info] = ['0b'.repeat(22), '000102030405060708090a0b0c', 'f0f1f2f3f4f5f6f7f8f9'].map(fromHex)
  assert.equal(
    toHex(await hkdf('SHA-256', ikm!, salt!, info!, 42)),
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  )
  const range = (from: number, to: number): Uint8Array => Uint8Array.from({ length: to - from + 1 }, (_, i) => from + i)
  assert.equal(
    toHex(await hkdf('SHA-256', range(0, 0x4f), range(0x60, 0xaf), range(0xb0, 0xff), 82)),
    'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
      '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  )
  const none = new Uint8Array()
  assert.equal(
    toHex(await hkdf('SHA-256', ikm!, none, none, 42)),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  )
  assert.equal((await hkdf('SHA-256', ikm!, none, none, 255 * 32)).length, 255 * 32)
  await refuses(hkdf('SHA-256', ikm!, none, none, 255 * 32 + 1), 'input_too_large')
})

test('the KDF of X9.63 gives what NIST’s examples say', async () => {
  // CAVP 12.0 ansx963_2001.rsp: SHA-256, 192-bit secrets, without and with shared information.
  const secret = fromHex('22518b10e70f2a3f243810ae3254139efbee04aa57c7af7d')
  const shared = fromHex('75eef81aa3041e33b80971203d2c0c52')
  assert.equal(
    toHex(await x963Kdf('SHA-256', secret, shared, 128)),
    'c498af77161cc59f2962b9a713e2b215152d139766ce34a776df11866a69bf2e52a13d9c7c6fc878c50c5ea0bc7b00e0' +
      'da2447cfd874f6cf92f30d0097111485500c90c3af8b487872d04685d14c8d1dc8d7fa08beb0ce0ababc11f0bd496269' +
      '142d43525a78e5bc79a17f59676a5706dc54d54d4d1f0bd7e386128ec26afc21',
  )
  await refuses(x963Kdf('SHA-256', secret, shared, 65_537), 'input_too_large')
})

test('SHA-3, SHAKE256 and HMAC with SHA-3 give what FIPS 202 and NIST’s examples say', async () => {
  assert.equal(
    toHex(await digest('SHA3-256', utf8('abc'))),
    '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
  )
  assert.equal(toHex(await digest('SHA3-224', utf8('abc'))), 'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf')
  assert.equal(
    toHex(await shake256(new Uint8Array(), 32)),
    '46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f',
  )
  const key = Uint8Array.from({ length: 32 }, (_, i) => i)
  assert.equal(
    toHex(await hmac('SHA3-256', key, utf8('Sample message for keylen<blocklen'))),
    '4fe8e202c4f058e8dddc23d8c34e467343e23555e24fc2f025d598f558f67205',
  )
})

test('PBKDF2 and scrypt give what RFC 6070 and RFC 7914 say, within bounds on work and memory', async () => {
  assert.equal(
    toHex(await pbkdf2('SHA-1', utf8('password'), utf8('salt'), 2, 20)),
    'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957',
  )
  const none = new Uint8Array()
  assert.equal(
    toHex(await scrypt(none, none, { N: 16, r: 1, p: 1 }, 64)),
    '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442' +
      'fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
  )
  const cost = (N: number, r: number, p: number): Promise<Uint8Array> => scrypt(none, none, { N, r, p }, 32)
  assert.equal((await cost(65_536, 8, 1)).length, 32) // 64 MiB exactly
  await refuses(cost(131_072, 8, 1), 'input_too_large')
  await refuses(cost(2 ** 31, 2 ** 31, 1), 'input_too_large')
  await refuses(cost(1024, 8, 2 ** 20), 'input_too_large')
  await refuses(cost(16_384, 8, 128), 'input_too_large') // memory fits, work does not
  for (const [N, r, p] of [
    [0, 8, 1],
    [1, 8, 1],
    [1000, 8, 1],
    [1024, 0, 1],
    [1024, 8, 0],
    [1024.5, 8, 1],
    [Number.NaN, 8, 1],
  ] as const) {
    await refuses(cost(N, r, p), 'encoding_malformed')
  }
  await refuses(pbkdf2('SHA-256', none, none, 10_000_001, 32), 'input_too_large')
  await refuses(pbkdf2('SHA-256', none, none, 1_000_000, 11 * 32), 'input_too_large') // every block takes all rounds
  await refuses(pbkdf2('SHA-256', none, none, 0, 32), 'encoding_malformed')
})

test('keys agree with keys of their own kind and curve only', async () => {
  const kinds = ['ec-p256', 'ec-p384', 'ec-p521', 'x25519', 'x448'] as const
  const pairs = await Promise.all(kinds.map((spec) => generateKeyPair(spec)))
  for (const [i, own] of pairs.entries()) {
    for (const [j, other] of pairs.entries()) {
      if (i === j) assert.equal((await agree(own.privateKey, other.publicKey)).length, [32, 48, 66, 32, 56][i])
      else await refuses(agree(own.privateKey, other.publicKey), 'key_mismatch')
    }
  }
  const [rsa, ed25519] = await Promise.all([generateKeyPair('rsa-2048'), generateKeyPair('ed25519')])
  await refuses(agree(rsa.privateKey, rsa.publicKey), 'key_mismatch')
  await refuses(agree(ed25519.privateKey, ed25519.publicKey), 'key_mismatch')
})

test('a peer off the curve, or one that makes the secret zero, is a malformed key', async () => {
  const [p256, x25519] = await Promise.all([generateKeyPair('ec-p256'), generateKeyPair('x25519')])
  const off = p256.publicKey.with(-1, p256.publicKey.at(-1)! ^ 1)
  await refuses(agree(p256.privateKey, off), 'key_malformed')
  for (const low of ['00'.repeat(32), `01${'00'.repeat(31)}`, `ec${'ff'.repeat(30)}7f`]) {
    const spki = Uint8Array.from([...x25519.publicKey.subarray(0, 12), ...fromHex(low)])
    await refuses(agree(x25519.privateKey, spki), 'key_malformed')
  }
})

test('openssl#31259: a ciphertext of ML-KEM has one length, and for another key it gives another secret', async () => {
  const [own, other] = await Promise.all([generateKeyPair('ml-kem-768'), generateKeyPair('ml-kem-768')])
  const { sharedSecret, ciphertext } = await encapsulate(own.publicKey)
  assert.deepEqual(await decapsulate(own.privateKey, ciphertext), sharedSecret)
  assert.notDeepEqual(await decapsulate(other.privateKey, ciphertext), sharedSecret)
  for (const wrong of [ciphertext.subarray(1), Uint8Array.of(...ciphertext, 0), new Uint8Array()]) {
    await refuses(decapsulate(own.privateKey, wrong), 'decryption_failed')
  }
})

test('OAEP hides as much as the key allows, and every wrong thing is the same error', async () => {
  const [{ privateKey, publicKey }, other] = await Promise.all([
    generateKeyPair('rsa-2048'),
    generateKeyPair('rsa-2048'),
  ])
  for (const [hash, mask] of [
    ['SHA-256', 'SHA-256'],
    ['SHA-512', 'SHA-1'],
    ['SHA-1', 'SHA-384'],
    ['SHA3-256', 'SHA3-256'],
  ] as const) {
    const parameters = { digest: hash, mgfDigest: mask, label: utf8('label') }
    const most = 256 - 2 * (await digest(hash, new Uint8Array())).length - 2
    for (const length of [0, 1, most]) {
      const plain = randomBytes(length)
      const encrypted = await encryptOaep(publicKey, parameters, plain)
      assert.deepEqual(await decryptOaep(privateKey, parameters, encrypted), plain)
      await refuses(decryptOaep(other.privateKey, parameters, encrypted), 'decryption_failed')
      await refuses(decryptOaep(privateKey, { digest: hash, mgfDigest: mask }, encrypted), 'decryption_failed')
      await refuses(decryptOaep(privateKey, parameters, encrypted.subarray(1)), 'decryption_failed')
      await refuses(decryptOaep(privateKey, parameters, new Uint8Array(256).fill(255)), 'decryption_failed')
    }
    await refuses(encryptOaep(publicKey, parameters, new Uint8Array(most + 1)), 'input_too_large')
  }
})

test('the padding of OAEP comes off only when every octet of it is right', () => {
  const hash = (_: string, data: Uint8Array): Uint8Array => {
    const out = new Uint8Array(20)
    for (const [i, octet] of data.entries()) out[i % 20] = (out[i % 20]! * 31 + octet + i) & 0xff
    return out
  }
  const parameters = { digest: 'SHA-1', mgfDigest: 'SHA-1' } as const
  const padded = padOaep(hash, { ...parameters, size: 64, seed: (n) => new Uint8Array(n).fill(5) }, utf8('hi'))
  assert.deepEqual(unpadOaep(hash, parameters, padded), utf8('hi'))
  assert.equal(padded.length, 64)
  // This weak hash hides little, so a changed octet stays where it was: each one of the padding counts.
  let refusals = 0
  for (let i = 0; i < padded.length - 2; i++) {
    if (unpadOaep(hash, parameters, padded.with(i, padded[i]! ^ 0x55)) === undefined) refusals++
  }
  assert.equal(refusals, padded.length - 2)
  assert.equal(unpadOaep(hash, parameters, new Uint8Array(41)), undefined)
  // With a hash of zeros nothing is masked, and the zeros before the 01 can be reached one by one.
  const zeros = (): Uint8Array => new Uint8Array(20)
  const open = padOaep(zeros, { ...parameters, size: 64, seed: zeros }, utf8('hi'))
  assert.deepEqual(unpadOaep(zeros, parameters, open), utf8('hi'))
  for (let i = 41; i < 61; i++) {
    assert.equal(unpadOaep(zeros, parameters, open.with(i, 2)), undefined)
    assert.equal(unpadOaep(zeros, parameters, open.with(i, 1))?.length, 63 - i, 'the first 01 ends the padding')
  }
  assert.equal(unpadOaep(zeros, parameters, open.with(61, 0).with(62, 0).with(63, 0)), undefined, 'no 01 at all')
})

test('CVE-2012-0884, CVE-2026-69247, CVE-2026-63573: PKCS #1 v1.5 with another key, length or damage looks like a right answer', async () => {
  const [own, other] = await Promise.all([generateKeyPair('rsa-2048'), generateKeyPair('rsa-2048')])
  for (const encrypted of [
    randomBytes(256).with(0, 0),
    new Uint8Array(256),
    new Uint8Array(256).fill(255),
    randomBytes(10),
  ]) {
    for (const key of [own.privateKey, other.privateKey]) {
      // Rejection by the platform may happen to give one of the two lengths, and then the same bytes again.
      const lengths = [16, 32].map(async (length) => {
        const [first, second] = [
          await decryptPkcs1v15(key, encrypted, length),
          await decryptPkcs1v15(key, encrypted, length),
        ]
        assert.equal(first.length, length)
        return toHex(first) !== toHex(second)
      })
      assert.ok((await Promise.all(lengths)).some((differ) => differ))
    }
  }
})

test('PKCS #1 v1.5: nothing of a message of another length shows through', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = await importPrivateKey(new Uint8Array(pair.privateKey.export({ type: 'pkcs8', format: 'der' })))
  for (const fill of [0x00, 0xff]) {
    const plain = new Uint8Array(16).fill(fill)
    const padding = constants.RSA_PKCS1_PADDING
    const encrypted = new Uint8Array(publicEncrypt({ key: pair.publicKey, padding }, plain))
    assert.deepEqual(await decryptPkcs1v15(key, encrypted, 16), plain)
    for (const length of [8, 15, 17, 24]) {
      const found = await decryptPkcs1v15(key, encrypted, length)
      assert.equal(found.length, length)
      assert.ok(!found.subarray(0, 8).every((octet) => octet === fill))
    }
  }
})

test('a key that is restricted to RSA-PSS decrypts nothing', async () => {
  const pair = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
  const pkcs8 = new Uint8Array(pair.privateKey.export({ type: 'pkcs8', format: 'der' }))
  const key = await importPrivateKey(pkcs8, { accept: 'any' })
  const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
  await refuses(encryptOaep(key.publicKey, parameters, new Uint8Array()), 'key_mismatch')
  await refuses(decryptOaep(key, parameters, new Uint8Array(256)), 'key_mismatch')
  await refuses(decryptPkcs1v15(key, new Uint8Array(256), 16), 'key_mismatch')
})

test('CVE-2026-12802, CVE-2025-15467, CVE-2026-75803: AES-GCM takes nonces of 12 bytes, tags of 12 to 16, keys of its length', async () => {
  const [cipher, key, nonce, data] = [AEADS[0]!, randomBytes(16), randomBytes(12), utf8('data')]
  const short = await encryptGcm(cipher, key, nonce, data, { tagLength: 12 })
  assert.equal(short.length, data.length + 12)
  assert.deepEqual(await decryptGcm(cipher, key, nonce, short, { tagLength: 12 }), data)
  await refuses(decryptGcm(cipher, key, nonce, short), 'decryption_failed')
  await refuses(decryptGcm(cipher, key, nonce, new Uint8Array(15)), 'decryption_failed')
  for (const tagLength of [0, 4, 8, 11, 17, Number.NaN]) {
    await refuses(encryptGcm(cipher, key, nonce, data, { tagLength }), 'key_mismatch')
    await refuses(decryptGcm(cipher, key, nonce, short, { tagLength }), 'key_mismatch')
  }
  for (const length of [0, 8, 11, 13, 16]) {
    await refuses(encryptGcm(cipher, key, new Uint8Array(length), data), 'key_mismatch')
  }
  await refuses(encryptGcm(cipher, randomBytes(32), nonce, data), 'key_mismatch')
  // An empty message still has its tag.
  const empty = await encryptGcm(cipher, key, nonce, new Uint8Array())
  assert.equal((await decryptGcm(cipher, key, nonce, empty)).length, 0)
  await refuses(decryptGcm(cipher, key, nonce, empty.with(3, empty[3]! ^ 1)), 'decryption_failed')
})

test('CVE-2026-63072, CVE-2025-9230: a wrapped key of an impossible length is refused before it is looked at', async () => {
  const [wrap, kek] = [KEY_WRAPS[2]!, randomBytes(32)]
  for (const length of [0, 1, 7, 8, 16, 23, 25, 9_000]) {
    await refuses(unwrapKey(wrap, kek, new Uint8Array(length)), 'decryption_failed')
  }
  for (const length of [0, 8, 15, 17, 9_000]) await refuses(wrapKey(wrap, kek, new Uint8Array(length)), 'key_mismatch')
  await refuses(wrapKey(wrap, randomBytes(16), new Uint8Array(16)), 'key_mismatch')
  await refuses(unwrapKey(wrap, randomBytes(16), new Uint8Array(24)), 'key_mismatch')
  const wrapped = await wrapKey(wrap, kek, randomBytes(32))
  await refuses(unwrapKey(wrap, randomBytes(32), wrapped), 'decryption_failed')
})

test('keys that do not sign, encapsulate or encrypt are a mismatch there', async () => {
  const [rsa, ec, kem, x25519] = await Promise.all(
    (['rsa-2048', 'ec-p256', 'ml-kem-512', 'x25519'] as const).map((spec) => generateKeyPair(spec)),
  )
  const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
  for (const { privateKey, publicKey } of [ec!, kem!, x25519!]) {
    await refuses(encryptOaep(publicKey, parameters, new Uint8Array()), 'key_mismatch')
    await refuses(decryptOaep(privateKey, parameters, new Uint8Array(256)), 'key_mismatch')
    await refuses(decryptPkcs1v15(privateKey, new Uint8Array(256), 16), 'key_mismatch')
  }
  for (const { privateKey, publicKey } of [rsa!, ec!, x25519!]) {
    await refuses(encapsulate(publicKey), 'key_mismatch')
    await refuses(decapsulate(privateKey, new Uint8Array(768)), 'key_mismatch')
  }
  for (const { privateKey } of [kem!, x25519!]) {
    await refuses(sign(privateKey, new Uint8Array()), 'key_mismatch')
    await refuses(sign(privateKey, new Uint8Array(), signatureByName('Ed25519')), 'key_mismatch')
  }
})
