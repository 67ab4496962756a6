import assert from 'node:assert/strict'
import { AEADS, cipherByOid, digestByName, KEY_WRAPS, PBES2, PBKDF2 } from '../../src/algorithms/index.ts'
import { integer, nullValue, octetString, oid, sequence } from '../../src/asn1/index.ts'
import { equal, fromHex } from '../../src/bytes/index.ts'
import {
  decryptGcm,
  decryptUnder,
  encryptGcm,
  passphraseScheme,
  pbkdf2,
  unwrapKey,
  wrapKey,
} from '../../src/crypto/index.ts'
import type { Case, Runnable } from './suite.ts'
import { suite } from './suite.ts'

interface Gcm extends Case {
  readonly key: string
  readonly iv: string
  readonly aad: string
  readonly msg: string
  readonly ct: string
  readonly tag: string
}

interface Sizes {
  readonly keySize: number
  readonly ivSize: number
}

const gcmSuite: Runnable = suite<Sizes, Gcm>({
  name: 'aes_gcm',
  excuse: ({ result }, { ivSize }) =>
    result === 'valid' && ivSize !== 96 ? 'a nonce of another length than 12 bytes (NIST SP 800-38D §8.2)' : undefined,
  answer: async ({ key, iv, aad, msg, ct, tag }, { keySize }) => {
    const cipher = AEADS.find(({ keyLength }) => keyLength * 8 === keySize)!
    const [secret, nonce, options] = [fromHex(key), fromHex(iv), { aad: fromHex(aad) }]
    const encrypted = fromHex(ct + tag)
    const plain = await decryptGcm(cipher, secret, nonce, encrypted, options)
    return equal(await encryptGcm(cipher, secret, nonce, plain, options), encrypted) && equal(plain, fromHex(msg))
  },
})

const wrapSuite: Runnable = suite<Sizes, Gcm>({
  name: 'aes_wrap',
  acceptable: { ShortKey: { accept: false, reason: 'RFC 3394 §2: a wrapped key has two blocks of 8 bytes or more' } },
  answer: async ({ key, msg, ct }, { keySize }) => {
    const wrap = KEY_WRAPS.find(({ keyLength }) => keyLength * 8 === keySize)!
    const plain = await unwrapKey(wrap, fromHex(key), fromHex(ct))
    return equal(await wrapKey(wrap, fromHex(key), plain), fromHex(ct)) && equal(plain, fromHex(msg))
  },
})

interface Passphrase extends Case {
  readonly password: string
  readonly salt: string
  readonly iterationCount: number
  readonly iv: string
  readonly msg: string
  readonly ct: string
  readonly dkLen: number
  readonly dk: string
}

const AES_256_CBC = cipherByOid('2.16.840.1.101.3.4.1.42')

const pbes2Suites: readonly Runnable[] = ([1, 256, 512] as const).map((bits) => {
  const prf = digestByName(`SHA-${bits}`)
  return suite<object, Passphrase>({
    name: `pbes2_hmacsha${bits}_aes_256`,
    answer: async ({ password, salt, iterationCount, iv, ct }) => {
      const derivation = sequence(
        ...[octetString(fromHex(salt)), integer(iterationCount), sequence(oid(prf.hmacOid), nullValue())],
      )
      const cipher = sequence(oid(AES_256_CBC.oid), octetString(fromHex(iv)))
      const algorithm = sequence(oid(PBES2), sequence(sequence(oid(PBKDF2), derivation), cipher))
      // Some are no UTF-8, so they are given as the bytes that they are.
      const forms = { utf8: () => fromHex(password), bmp: () => assert.fail('PBES2 takes UTF-8') }
      return decryptUnder(passphraseScheme(algorithm), fromHex(ct), forms)
    },
    expected: ({ msg }) => msg,
  })
})

const pbkdf2Suites: readonly Runnable[] = (['SHA-1', 'SHA-256'] as const).map((digest) =>
  suite<object, Passphrase>({
    name: `pbkdf2_hmac${digest.toLowerCase().replace('-', '')}`,
    excuse: ({ iterationCount }) =>
      iterationCount > 10_000_000 ? 'more rounds than a file may ask for (DerivationBudget)' : undefined,
    answer: ({ password, salt, iterationCount, dkLen }) =>
      pbkdf2(digest, fromHex(password), fromHex(salt), iterationCount, dkLen),
    expected: ({ dk }) => dk,
  }),
)

export const symmetricSuites: readonly Runnable[] = [gcmSuite, wrapSuite, ...pbes2Suites, ...pbkdf2Suites]
