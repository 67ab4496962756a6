import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, bench } from '@scel/testkit/peers'
import { CURVES, KEY_SPECS } from '../../algorithms/index.ts'
import {
  bitString,
  contentOf,
  element,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  unsignedInteger,
} from '../../asn1/index.ts'
import { concat, fromHex, pemDecode, utf8 } from '../../bytes/index.ts'
import { hasCode } from '../../errors/index.ts'
import type { AnyPrivateKey } from '../index.ts'
import {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  pkcs1OfPrivateKey,
  privateKeyOfPkcs1,
  privateKeyOfSec1,
  readPrivateKey,
  sec1OfPrivateKey,
} from '../index.ts'
import { numberOf } from '../rsa/public.ts'
import { writeEcPrivateKey } from './ec-private-key.ts'
import { readPkcs8, writePkcs8 } from './private-key-content.ts'
import { readPrivateKeyInfo } from './private-key-info.ts'
import { RSA_NUMBERS, readRsaPrivateKey, writeRsaPrivateKey } from './rsa-private-key.ts'

const refuses = (work: Promise<unknown>, what: string): Promise<void> =>
  assert.rejects(work, (error) => hasCode(error, 'key_malformed') && error.facts.what === what, what)

// RFC 8410 §10.3, with an attribute and the public key.
const VERSION_2 = `-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
`

test('version 2 with attributes and a public key is read, and the public key has to be the key’s', async () => {
  const key = await readPrivateKey(VERSION_2)
  assert.equal(key.spec, 'ed25519')
  const { der } = pemDecode(VERSION_2)[0]!
  const other = der.slice()
  other[other.length - 1]! ^= 1
  await refuses(importPrivateKey(other), 'public part')
  const written = await exportPrivateKey(key)
  assert.equal(written.length, 48) // version 1, without attributes
})

test('version and fields of the envelope go together (RFC 5958 §2)', async () => {
  const [algorithm, secret] = [sequence(oid('1.3.101.112')), octetString(octetString(new Uint8Array(32).fill(7)))]
  const right = sequence(integer(0), algorithm, secret)
  const publicKey = implicit(1, concat(Uint8Array.of(0), readPublic(await importPrivateKey(right))))
  await importPrivateKey(sequence(integer(1), algorithm, secret, publicKey))
  await refuses(importPrivateKey(sequence(integer(0), algorithm, secret, publicKey)), 'PKCS #8 version')
  await refuses(importPrivateKey(sequence(integer(1), algorithm, secret)), 'PKCS #8 version')
  const attribute = sequence(oid('1.2.3'), element(0x31, utf8('')))
  await importPrivateKey(sequence(integer(0), algorithm, secret, element(0xa0, attribute)))
  for (const malformed of [
    sequence(integer(2), algorithm, secret),
    sequence(integer(0), algorithm, secret, nullValue()),
    sequence(integer(0), algorithm, secret, element(0xa0, nullValue())),
    sequence(integer(0), sequence(oid('1.3.101.112')), nullValue()),
    concat(right, nullValue()),
  ]) {
    await refuses(importPrivateKey(malformed), 'PKCS #8')
  }
  await refuses(importPrivateKey(sequence(integer(0), sequence(oid('1.3.101.112'), nullValue()), secret)), 'parameters')
})

const readPublic = ({ publicKey }: { publicKey: Uint8Array }): Uint8Array => publicKey.subarray(-32)

test('kinds of key that nobody here uses are named by their OID', async () => {
  for (const dotted of ['1.2.840.10040.4.1', '1.2.840.113549.1.3.1', '2.16.840.1.101.3.4.3.32', '1.3.6.1.5.5.7.6.37']) {
    const work = importPrivateKey(sequence(integer(0), sequence(oid(dotted)), octetString(new Uint8Array(32))))
    await assert.rejects(work, (error) => hasCode(error, 'algorithm_unsupported') && error.facts.oid === dotted)
  }
})

test('explicit EC parameters are refused in private keys too (CVE-2020-0601), and other curves are named', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const explicit = ['-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit']
  await refuses(importPrivateKey(generated(peer, 'EC', ...explicit)), 'curve')
  peer.run('openssl', 'ecparam', '-name', 'secp256k1', '-genkey', '-out', 'k1.pem')
  const k1 = (error: unknown): boolean => hasCode(error, 'algorithm_unsupported') && error.facts.oid === '1.3.132.0.10'
  await assert.rejects(readPrivateKey(peer.text('k1.pem')), k1)
})

test('EC keys: one curve, a number of its order, a point that is its own', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const sec1 = await sec1OfPrivateKey(privateKey)
  await refuses(privateKeyOfSec1(sec1, 'P-384'), 'curve')
  const scalar = contentOf(sec1).subarray(5, 37)
  const curve = CURVES['P-256']
  const point = publicKey.subarray(-65)
  const inPkcs8 = (key: Uint8Array): Uint8Array => writePkcs8WithSec1(key)
  await importPrivateKey(inPkcs8(writeEcPrivateKey({ curve, scalar, point }, 'alone')))
  await importPrivateKey(inPkcs8(writeEcPrivateKey({ curve, scalar }, 'inside PKCS #8')))
  await refuses(privateKeyOfSec1(writeEcPrivateKey({ curve, scalar, point }, 'inside PKCS #8')), 'curve')
  const order = fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
  for (const wrong of [new Uint8Array(32), order, new Uint8Array(32).fill(255), concat(Uint8Array.of(1), scalar)]) {
    await refuses(privateKeyOfSec1(writeEcPrivateKey({ curve, scalar: wrong }, 'alone')), 'EC private key')
  }
  const { publicKey: another } = await generateKeyPair('ec-p256')
  const offCurve = point.slice()
  offCurve[64]! ^= 1
  for (const wrong of [another.subarray(-65), offCurve]) {
    const file = writeEcPrivateKey({ curve, scalar, point: wrong }, 'alone')
    // A platform may see by itself that a point is off its curve.
    await assert.rejects(privateKeyOfSec1(file), (error) => hasCode(error, 'key_malformed'))
  }
  for (const wrong of [point.subarray(0, 64), concat(Uint8Array.of(2), point.subarray(1, 33))]) {
    await refuses(privateKeyOfSec1(writeEcPrivateKey({ curve, scalar, point: wrong }, 'alone')), 'EC point')
  }
})

const writePkcs8WithSec1 = (sec1: Uint8Array): Uint8Array =>
  sequence(integer(0), sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), octetString(sec1))

test('a number with a zero too many or too few before it is the same EC key', async () => {
  for (let tries = 0; ; tries++) {
    const { privateKey, publicKey } = await generateKeyPair('ec-p256')
    const content = readPkcs8(await exportPrivateKey(privateKey)).content
    assert.ok(content.form === 'ec')
    const { curve, scalar } = content.ec
    const longer = concat(Uint8Array.of(0), scalar)
    const file = writeEcPrivateKey({ curve, scalar: longer }, 'alone')
    assert.deepEqual((await privateKeyOfSec1(file)).publicKey, publicKey)
    if (scalar[0] !== 0 && tries < 4_000) continue
    const shorter = writeEcPrivateKey({ curve, scalar: scalar.subarray(1) }, 'alone')
    assert.deepEqual((await privateKeyOfSec1(shorter)).publicKey, publicKey)
    return
  }
})

test('RSA keys: a single number that is another’s is found (CVE-2026-33891: zeros and negative numbers too)', async (t) => {
  const { privateKey } = await generateKeyPair('rsa-2048')
  const right = readRsaPrivateKey(await pkcs1OfPrivateKey(privateKey))
  for (const name of RSA_NUMBERS) {
    const changed = right[name].slice()
    changed[changed.length - 1]! ^= 2
    await refuses(privateKeyOfPkcs1(writeRsaPrivateKey({ ...right, [name]: changed })), 'RSA numbers')
    await refuses(privateKeyOfPkcs1(writeRsaPrivateKey({ ...right, [name]: Uint8Array.of(0) })), 'RSA numbers')
    // Without the zero that keeps them positive.
    if (right[name][0]! < 0x80) continue
    const written = RSA_NUMBERS.map((one) => (one === name ? element(0x02, right[one]) : unsignedInteger(right[one])))
    await refuses(privateKeyOfPkcs1(sequence(integer(0), ...written)), 'RSA numbers')
  }
  // Right for one prime and wrong for the other.
  for (const prime of [right.prime1, right.prime2]) {
    const privateExponent = fromHex(
      (numberOf(right.privateExponent) + numberOf(prime) - 1n).toString(16).padStart(512, '0'),
    )
    const half = { ...right, privateExponent }
    await refuses(privateKeyOfPkcs1(writeRsaPrivateKey(half)), 'RSA numbers')
  }
  const swapped = { ...right, prime1: right.prime2, prime2: right.prime1 }
  await refuses(privateKeyOfPkcs1(writeRsaPrivateKey(swapped)), 'RSA numbers')
  const one = Uint8Array.of(1)
  await refuses(privateKeyOfPkcs1(writeRsaPrivateKey({ ...right, prime1: right.modulus, prime2: one })), 'RSA numbers')
  const inside = octetString(writeRsaPrivateKey(right))
  await refuses(importPrivateKey(sequence(integer(0), sequence(oid('1.2.840.113549.1.1.1')), inside)), 'RSA parameters')
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.run('openssl', 'genrsa', '-traditional', '-primes', '3', '-out', 'three.pem', '2048')
  await refuses(readPrivateKey(peer.text('three.pem')), 'RSA with more than two primes')
})

/** PKCS #8 DER of a key that openssl makes. */
function generated(peer: Bench, algorithm: string, ...options: readonly string[]): Uint8Array {
  const made = peer.run('openssl', 'genpkey', '-algorithm', algorithm, ...options, '-out', 'key.pem')
  assert.ok(made.ok, made.text)
  return peer.run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER').out
}

test('RSA of other lengths and for RSA-PSS alone is taken when it is asked for', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const [algorithm, bits, spec] of [
    ['RSA', 2056, 'rsa-2056'],
    ['RSA', 1024, 'rsa-1024'],
    ['RSA-PSS', 2048, 'rsa-pss-2048'],
  ] as const) {
    const der: Uint8Array = generated(peer, algorithm, '-pkeyopt', `rsa_keygen_bits:${bits}`)
    await refuses(importPrivateKey(der), 'key size')
    if (bits < 2048) await refuses(importPrivateKey(der, { accept: 'any' }), 'key size')
    const key: AnyPrivateKey = await importPrivateKey(der, bits < 2048 ? { dangerAnySize: true } : { accept: 'any' })
    assert.equal(`${key}`, `[PrivateKey ${spec}]`)
    assert.deepEqual(await exportPrivateKey(key), der)
  }
})

test('ML-DSA and ML-KEM: a seed or an expanded key of another length, or of another key, is refused', async () => {
  for (const spec of ['ml-dsa-44', 'ml-kem-512'] as const) {
    const { privateKey } = await generateKeyPair(spec)
    const algorithm = sequence(oid(KEY_SPECS[spec].oid))
    const both = await exportPrivateKey(privateKey, { form: 'both' })
    const { privateKey: inner } = readPrivateKeyInfo(both)
    for (const at of [10, 60, 200, 900, inner.length - 1]) {
      const changed = inner.slice()
      changed[at]! ^= 1
      await refuses(importPrivateKey(sequence(integer(0), algorithm, octetString(changed))), 'seed and expanded key')
    }
    const size = spec === 'ml-dsa-44' ? 32 : 64
    for (const [choice, what] of [
      [implicit(0, new Uint8Array(size - 1)), 'seed length'],
      [implicit(0, new Uint8Array(size + 1)), 'seed length'],
      [octetString(new Uint8Array(100)), 'expanded key length'],
      [sequence(octetString(new Uint8Array(size)), octetString(new Uint8Array(9))), 'expanded key length'],
      [sequence(octetString(new Uint8Array(size))), 'seed or expanded key'],
      // The drafts before RFC 9881 had the bare seed: it is neither choice.
      [new Uint8Array(size), 'seed or expanded key'],
      [bitString(new Uint8Array(size)), 'seed or expanded key'],
    ] as const) {
      await refuses(importPrivateKey(sequence(integer(0), algorithm, octetString(choice))), what)
    }
    const expanded = await importPrivateKey(await exportPrivateKey(privateKey, { form: 'expanded' }))
    await refuses(exportPrivateKey(expanded, { form: 'seed' }), 'seed')
    assert.deepEqual(await exportPrivateKey(expanded), await exportPrivateKey(privateKey, { form: 'expanded' }))
  }
})

test('what is read is written the same', async () => {
  for (const spec of [
    'rsa-2048',
    'ec-p521',
    'ed448',
    'x448',
    'ml-dsa-87',
    'ml-kem-1024',
    'slh-dsa-shake-256f',
  ] as const) {
    const der = await exportPrivateKey((await generateKeyPair(spec)).privateKey)
    assert.deepEqual(writePkcs8(readPkcs8(der).content), der, spec)
  }
})
