// What hostile files have done to other libraries.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeChain } from '@scel/testkit/authority'
import { data, encryptedData, macData, pfx, sealed } from '../../test/pkcs12-parts.ts'
import type { DigestName } from '../algorithms/index.ts'
import { digestByName } from '../algorithms/index.ts'
import {
  boolean,
  element,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  TAG,
} from '../asn1/index.ts'
import { concat, fromHex } from '../bytes/index.ts'
import { encryptPrivateKey, generateKeyPair, passphraseForms, readPbmac1 } from '../crypto/index.ts'
import type { PkiErrorCode, PkiErrorFacts } from '../errors/index.ts'
import { hasCode } from '../errors/index.ts'
import { openPkcs12, readPkcs12, writePkcs12 } from './index.ts'
import { DATA, ENCRYPTED_DATA } from './oids.ts'
import { certificateBag, keyBag } from './safe-bag.ts'

const { leaf } = await makeChain()
const key = leaf.keys.privateKey
const CONTENT = sequence(data(sequence(certificateBag(leaf.certificate.der, {}))))
const DANGER = { dangerOldCiphers: true }

async function refuses<C extends PkiErrorCode>(
  file: Uint8Array | Promise<Uint8Array>,
  code: C,
  facts?: Partial<PkiErrorFacts[C]>,
): Promise<void> {
  await assert.rejects(openPkcs12(await file, 'p', DANGER), (error) => {
    assert.ok(hasCode(error, code), `${error}`)
    for (const [name, value] of Object.entries(facts ?? {})) assert.equal(Reflect.get(error.facts, name), value)
    return true
  })
}

const HUGE = 10_000_001
const SALT = octetString(new Uint8Array(8))
const hmacWith = (arc: number): Uint8Array => sequence(oid(`1.2.840.113549.2.${arc}`), nullValue())
const pbkdf2 = (...parameters: Uint8Array[]): Uint8Array =>
  sequence(oid('1.2.840.113549.1.5.12'), sequence(...parameters))
const AES = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16)))
const pbes2 = (iterations: number, prf = 9): Uint8Array =>
  sequence(oid('1.2.840.113549.1.5.13'), sequence(pbkdf2(SALT, integer(iterations), hmacWith(prf)), AES))
const oldScheme = (arc: number, iterations: number): Uint8Array =>
  sequence(oid(`1.2.840.113549.1.12.1.${arc}`), sequence(SALT, integer(iterations)))
const classicMac = (iterations: number): Uint8Array =>
  sequence(
    sequence(sequence(oid('1.3.14.3.2.26'), nullValue()), octetString(new Uint8Array(20))),
    SALT,
    integer(iterations),
  )
const pbmac1 = (derivation: Uint8Array, code: Uint8Array = hmacWith(9)): Uint8Array => {
  const algorithm = sequence(oid('1.2.840.113549.1.5.14'), sequence(derivation, code))
  return sequence(sequence(algorithm, octetString(new Uint8Array(32))), SALT, integer(1))
}
const LIMIT = { what: 'iterations', limit: 10_000_000 }
const WORK = { what: 'work of key derivation', limit: 20_000_000 }

test('CVE-2026-13586: iterations of the MAC are capped before the work begins', async () => {
  await refuses(pfx(CONTENT, classicMac(HUGE)), 'input_too_large', LIMIT)
  await refuses(pfx(CONTENT, classicMac(2 ** 31 - 1)), 'input_too_large', LIMIT)
  for (const value of [Uint8Array.of(0), Uint8Array.of(0xff), fromHex('7fffffffffffffffff')]) {
    const mac = sequence(
      sequence(sequence(oid('1.3.14.3.2.26'), nullValue()), octetString(new Uint8Array(20))),
      SALT,
      element(TAG.integer, value),
    )
    await refuses(pfx(CONTENT, mac), 'der_malformed')
  }
})

test('CVE-2026-63578: iterations of PBMAC1 are capped before the work begins', () =>
  refuses(pfx(CONTENT, pbmac1(pbkdf2(SALT, integer(HUGE), integer(32), hmacWith(9)))), 'input_too_large', LIMIT))

test('CVE-2026-63572: iterations of certificate and key bags are capped before the work begins', async () => {
  for (const algorithm of [pbes2(HUGE), oldScheme(3, HUGE), oldScheme(6, HUGE)]) {
    await refuses(sealed('p', encryptedData(algorithm, new Uint8Array(16))), 'input_too_large', LIMIT)
    const bag = keyBag(sequence(algorithm, octetString(new Uint8Array(16))), {})
    await refuses(sealed('p', data(sequence(bag))), 'input_too_large', LIMIT)
  }
})

test('the cap is for all derivations of a file together', async () => {
  // A round of PBKDF2 with SHA-512 counts three times, one of SHA-1 under the derivation of PKCS #12 twice.
  const almost = encryptedData(pbes2(6_666_660, 11), new Uint8Array(16))
  const content = sequence(almost)
  await refuses(pfx(content, await macData(content, 'p', { iterations: 11 })), 'input_too_large', WORK)
  // A scheme that hashes three times per round counts three times that.
  await refuses(sealed('p', encryptedData(oldScheme(3, 3_333_334), new Uint8Array(16))), 'input_too_large', WORK)
})

const SLOW = ['SHA-224', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-512'] as const

const macOf = (digest: DigestName, iterations: number): Uint8Array => {
  const row = digestByName(digest)
  const value = octetString(new Uint8Array(row.length))
  return sequence(sequence(row.identifier, value), SALT, integer(iterations))
}

test('work, not rounds: a file of a hundred octets does not buy half a minute by naming a slow digest', async () => {
  for (const digest of SLOW) await refuses(pfx(CONTENT, macOf(digest, 9_999_999)), 'input_too_large', WORK)
  await refuses(sealed('p', encryptedData(pbes2(9_999_999, 11), new Uint8Array(16))), 'input_too_large', WORK)
  const pbes1 = sequence(oid('1.2.840.113549.1.5.3'), sequence(SALT, integer(9_999_999)))
  await refuses(sealed('p', encryptedData(pbes1, new Uint8Array(16))), 'input_too_large', WORK)
})

/** How often everything else had its turn while `work` ran. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let next = setImmediate(function again() {
    turns++
    next = setImmediate(again)
  })
  await work.catch(() => undefined)
  clearImmediate(next)
  return turns
}

test('a derivation that takes long lets everything else have its turn', async () => {
  for (const digest of ['SHA-1', 'SHA-256', 'SHA-512', 'SHA3-256'] as const) {
    const turns = await turnsDuring(openPkcs12(pfx(CONTENT, macOf(digest, 300_000)), 'p'))
    assert.ok(turns >= 5, `${digest}: ${turns}`)
  }
  const pbes1 = sequence(oid('1.2.840.113549.1.5.3'), sequence(SALT, integer(100_000)))
  const file = await sealed('p', encryptedData(pbes1, new Uint8Array(16)))
  assert.ok((await turnsDuring(openPkcs12(file, 'p', DANGER))) >= 5)
})

test('a derivation that takes long ends when it is told to', async () => {
  const files = [
    pfx(CONTENT, macOf('SHA-1', 3_000_000)),
    pfx(CONTENT, macOf('SHA-512', 600_000)),
    pfx(CONTENT, pbmac1(pbkdf2(SALT, integer(5_000_000), integer(32), hmacWith(9)))),
    await sealed('p', encryptedData(pbes2(5_000_000), new Uint8Array(16))),
    await sealed('p', encryptedData(oldScheme(3, 1_000_000), new Uint8Array(16))),
  ]
  for (const file of files) {
    const stop = new AbortController()
    const reason = new Error('enough')
    setTimeout(() => stop.abort(reason), 1)
    await assert.rejects(openPkcs12(file, 'p', { ...DANGER, signal: stop.signal }), (error) => error === reason)
    await assert.rejects(openPkcs12(file, 'p', { ...DANGER, signal: stop.signal }), (error) => error === reason)
  }
})

test('CVE-2025-11187, CVE-2026-34181: PBMAC1 with a key length that is absent, short or long', async () => {
  for (const length of [0, 1, 16, 19, 65, 1_024, 2 ** 31, 2 ** 40]) {
    const derivation = pbkdf2(SALT, integer(1), integer(length), hmacWith(9))
    await refuses(pfx(CONTENT, pbmac1(derivation)), 'pkcs12_malformed', { what: 'PBMAC1 key length' })
  }
  const absent = pbkdf2(SALT, integer(1), hmacWith(9))
  await refuses(pfx(CONTENT, pbmac1(absent)), 'pkcs12_malformed', { what: 'PBMAC1 key length' })
  for (const length of [20, 64]) {
    const algorithm = sequence(
      oid('1.2.840.113549.1.5.14'),
      sequence(pbkdf2(SALT, integer(1), integer(length), hmacWith(9)), hmacWith(9)),
    )
    const value = await readPbmac1(algorithm).compute(passphraseForms('p'), CONTENT)
    const mac = sequence(sequence(algorithm, octetString(value)), SALT)
    assert.equal((await openPkcs12(pfx(CONTENT, mac), 'p')).protection.mac, 'PBMAC1 SHA-256')
  }
  const negative = pbkdf2(SALT, integer(1), integer(-32), hmacWith(9))
  await refuses(pfx(CONTENT, pbmac1(negative)), 'der_malformed')
})

test('PBMAC1 with a salt that is no OCTET STRING, an unknown PRF, code or derivation', async () => {
  const length = integer(32)
  const saltByAlgorithm = pbkdf2(sequence(oid('1.2.3')), integer(1), length, hmacWith(9))
  await refuses(pfx(CONTENT, pbmac1(saltByAlgorithm)), 'der_malformed')
  const unknown = sequence(oid('1.2.3.4'), nullValue())
  await refuses(pfx(CONTENT, pbmac1(pbkdf2(SALT, integer(1), length, unknown))), 'algorithm_unsupported', {
    oid: '1.2.3.4',
  })
  await refuses(pfx(CONTENT, pbmac1(pbkdf2(SALT, integer(1), length, hmacWith(9)), unknown)), 'algorithm_unsupported', {
    oid: '1.2.3.4',
  })
  await refuses(pfx(CONTENT, pbmac1(sequence(oid('1.2.3.4'), sequence()))), 'algorithm_unsupported', { oid: '1.2.3.4' })
  const bare = sequence(sequence(sequence(oid('1.2.840.113549.1.5.14')), octetString(new Uint8Array(32))), SALT)
  await refuses(pfx(CONTENT, bare), 'der_malformed')
})

test('a code that is cut short, or empty, is not compared as far as it goes', async () => {
  const whole = await macData(CONTENT, 'p')
  const value = whole.subarray(17, 37) // after the headers of MacData, DigestInfo and the digest's identifier
  const cut = (length: number): Uint8Array => {
    const info = sequence(sequence(oid('1.3.14.3.2.26'), nullValue()), octetString(value.subarray(0, length)))
    return pfx(CONTENT, sequence(info, octetString(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)), integer(1)))
  }
  assert.equal((await openPkcs12(cut(20), 'p')).certificates.length, 1)
  for (const length of [0, 1, 10, 19]) await refuses(cut(length), 'passphrase_wrong')
})

test('CVE-2024-0727, CVE-2025-69421: contents that are missing where PKCS #7 makes them optional', async () => {
  const version = integer(3)
  const mac = classicMac(1)
  await refuses(sequence(version, sequence(oid(DATA)), mac), 'pkcs12_malformed', { what: 'no content' })
  await refuses(sequence(version, sequence(oid(DATA), explicit(0, nullValue())), mac), 'pkcs12_malformed', {
    what: 'content',
  })
  await refuses(sealed('p', sequence(oid(DATA))), 'pkcs12_malformed', { what: 'no content' })
  await refuses(sealed('p', sequence(oid(ENCRYPTED_DATA))), 'der_malformed')
  const without = sequence(integer(0), sequence(oid(DATA), pbes2(1)))
  await refuses(sealed('p', sequence(oid(ENCRYPTED_DATA), explicit(0, without))), 'pkcs12_malformed', {
    what: 'no content',
  })
  const empty = encryptedData(pbes2(1), new Uint8Array(0))
  await refuses(sealed('p', empty), 'pkcs12_malformed')
  await refuses(sealed('p', data(new Uint8Array(0))), 'der_malformed')
  await refuses(sealed('p', data(sequence(sequence(oid('1.2.840.113549.1.12.10.1.2'))))), 'der_malformed')
})

test('CVE-2026-22795: attributes of another type than their standard has, such as a BOOLEAN for a name', async () => {
  const withAttribute = (dotted: string, ...values: Uint8Array[]): Promise<Uint8Array> => {
    const attribute = sequence(oid(dotted), setOf(...values))
    const value = sequence(oid('1.2.840.113549.1.9.22.1'), explicit(0, octetString(leaf.certificate.der)))
    const bag = sequence(oid('1.2.840.113549.1.12.10.1.3'), explicit(0, value), setOf(attribute))
    return sealed('p', data(sequence(bag)))
  }
  const [name, mark, trust] = ['1.2.840.113549.1.9.20', '1.2.840.113549.1.9.21', '2.16.840.1.113894.746875.1.1']
  for (const value of [boolean(true), nullValue(), integer(1), octetString(Uint8Array.of(0, 65)), sequence()]) {
    await refuses(withAttribute(name, value), 'pkcs12_malformed', { what: 'friendlyName' })
  }
  await refuses(withAttribute(name), 'pkcs12_malformed', { what: 'friendlyName' })
  await refuses(withAttribute(mark, boolean(true)), 'der_malformed')
  await refuses(withAttribute(trust, boolean(true)), 'der_malformed')
})

test('CVE-2025-69419: a friendlyName of odd length, with half a pair, or with a NUL inside is no name, and costs no more', async () => {
  for (const [content, name] of [
    ['00', undefined],
    ['0041d8', undefined],
    ['d83d', undefined],
    ['de00d83d', undefined],
    ['004100000042', undefined],
    ['006e006500770000', 'new'], // as Windows ends its own strings
    ['00410000000000000000', 'A'],
    ['0000', undefined],
  ] as const) {
    const attribute = sequence(oid('1.2.840.113549.1.9.20'), setOf(element(TAG.bmpString, fromHex(content))))
    const value = sequence(oid('1.2.840.113549.1.9.22.1'), explicit(0, octetString(leaf.certificate.der)))
    const bag = sequence(oid('1.2.840.113549.1.12.10.1.3'), explicit(0, value), setOf(attribute))
    const { certificates } = await openPkcs12(await sealed('p', data(sequence(bag))), 'p')
    assert.deepEqual(certificates, [{ der: leaf.certificate.der, ...(name ? { friendlyName: name } : {}) }], content)
  }
})

test('key and certificate really match: a common localKeyID is a claim only', async () => {
  const other = await generateKeyPair('ec-p256')
  const claim = { localKeyId: Uint8Array.of(1) }
  const encrypted = await encryptPrivateKey(other.privateKey, 'p', { iterations: 1 })
  const bags = [certificateBag(leaf.certificate.der, claim), keyBag(encrypted, claim)]
  const file = await sealed('p', data(sequence(...bags)))
  await assert.rejects(readPkcs12(file, 'p'), (error) => hasCode(error, 'key_mismatch'))
})

test('a wrong code and an unknown algorithm are different answers, also with the wrong passphrase', async () => {
  const file = await writePkcs12({
    key,
    certificate: leaf.certificate.der,
    chain: [],
    friendlyName: 'x',
    passphrase: 'q',
    iterations: 1,
  })
  await refuses(file, 'passphrase_wrong')
  await refuses(sealed('p', encryptedData(oldScheme(1, 1), new Uint8Array(8))), 'algorithm_unsupported', {
    oid: '1.2.840.113549.1.12.1.1',
  })
})

test('nesting in BER, many safes and many bags are bounded', async () => {
  const deep = concat(...Array.from({ length: 2_000 }, () => Uint8Array.of(0x30, 0x80)))
  await refuses(deep, 'der_too_deep')
  await refuses(sealed('p', ...Array.from({ length: 101 }, () => data(sequence()))), 'input_too_large')
  const bag = sequence(oid('1.2.840.113549.1.12.10.1.5'), explicit(0, sequence()))
  await refuses(sealed('p', data(sequence(...Array.from({ length: 2_001 }, () => bag)))), 'input_too_large')
})
