import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { bitString, integer, nullValue, oid, sequence } from '../asn1/index.ts'
import { fromHex, toHex } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import {
  EC_PUBLIC_KEY,
  isKeySpec,
  KEY_SPECS,
  keySpecOf,
  RSA_ENCRYPTION,
  readPublicKey,
  readSignatureIdentifier,
  SIGNATURES,
  signatureByName,
  signatureByOid,
} from './index.ts'

const malformed = (error: unknown): boolean => hasCode(error, 'key_malformed')
const spkiOf = (type: string, options: object): Uint8Array =>
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of node:crypto want a literal type
  new Uint8Array((generateKeyPairSync as any)(type, options).publicKey.export({ type: 'spki', format: 'der' }))

test('every row is found again by its identifier', () => {
  for (const row of SIGNATURES) assert.equal(readSignatureIdentifier(row.identifier).row, row)
})

test('parameters belong to the algorithm: absent and NULL are not the same', () => {
  const rsaWithout = sequence(oid('1.2.840.113549.1.1.11'))
  const ecdsaWithNull = sequence(oid('1.2.840.10045.4.3.2'), nullValue())
  assert.equal(readSignatureIdentifier(rsaWithout).row, undefined)
  assert.equal(readSignatureIdentifier(ecdsaWithNull).row, undefined)
})

test('RSA-PSS with another digest in MGF1, or another salt, has no row', () => {
  const good = toHex(signatureByName('RSA-PSS with SHA-256').identifier)
  const digest = '608648016503040201' // SHA-256; the last octet names it
  const changed = good.replace(digest, '608648016503040202')
  assert.notEqual(changed, good)
  assert.equal(readSignatureIdentifier(fromHex(changed)).row, undefined)
  assert.equal(readSignatureIdentifier(fromHex(good.replace(/020120$/, '020110'))).row, undefined)
})

test('SHA-1 and MD5 signatures are unsupported', () => {
  for (const dotted of ['1.2.840.113549.1.1.5', '1.2.840.113549.1.1.4', '1.2.840.10045.4.1', '1.2.840.10040.4.3']) {
    assert.throws(
      () => signatureByOid(dotted),
      (error) => hasCode(error, 'algorithm_unsupported'),
    )
  }
})

test('key specifications are recognised from the bytes of real keys', () => {
  assert.equal(keySpecOf(spkiOf('ec', { namedCurve: 'P-256' })), 'ec-p256')
  assert.equal(keySpecOf(spkiOf('ec', { namedCurve: 'P-384' })), 'ec-p384')
  assert.equal(keySpecOf(spkiOf('rsa', { modulusLength: 2048 })), 'rsa-2048')
  assert.equal(keySpecOf(spkiOf('rsa', { modulusLength: 2056 })), undefined)
  assert.equal(keySpecOf(spkiOf('ed25519', {})), undefined)
  assert.equal(readPublicKey(spkiOf('ed25519', {})).kind, 'ed25519')
  assert.equal(readPublicKey(spkiOf('x25519', {})).kind, 'other')
  assert.equal(readPublicKey(spkiOf('ec', { namedCurve: 'secp256k1' })).kind, 'other')
  assert.deepEqual(Object.keys(KEY_SPECS).filter(isKeySpec), Object.keys(KEY_SPECS))
  assert.equal(isKeySpec('toString'), false)
})

test('explicit curve parameters are refused', () => {
  const spki = spkiOf('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
  assert.throws(() => readPublicKey(spki), malformed)
})

test('points that are compressed, cut or at infinity are refused', () => {
  const key = (point: Uint8Array): Uint8Array =>
    sequence(sequence(oid(EC_PUBLIC_KEY), oid('1.2.840.10045.3.1.7')), bitString(point))
  for (const point of ['00', `02${'11'.repeat(32)}`, `06${'11'.repeat(64)}`, `04${'11'.repeat(63)}`, '']) {
    assert.throws(() => readPublicKey(key(fromHex(point))), malformed, point)
  }
})

test('RSA keys that cannot be right are refused', () => {
  const key = (modulus: bigint, exponent: bigint, parameters = nullValue()): Uint8Array =>
    sequence(sequence(oid(RSA_ENCRYPTION), parameters), bitString(sequence(integer(modulus), integer(exponent))))
  const modulus = (1n << 2047n) + 1n
  assert.equal(readPublicKey(key(modulus, 65537n)).bits, 2048)
  const bad = [
    key(modulus + 1n, 65537n), // even
    key(-modulus, 65537n),
    key(0n, 65537n),
    key(modulus, 1n), // every signature is valid
    key(modulus, 4n),
    key(modulus, (1n << 80n) + 1n), // slow to verify
    key((1n << 20_000n) + 1n, 3n),
    key(modulus, 65537n, new Uint8Array(0)),
  ]
  for (const [index, spki] of bad.entries()) {
    assert.throws(
      () => readPublicKey(spki),
      (error) => malformed(error) || hasCode(error, 'input_too_large'),
      `${index}`,
    )
  }
})
