import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { bitString, explicit, integer, nullValue, octetString, oid, sequence } from '../asn1/index.ts'
import { fromHex, toHex } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import type { DigestName } from './index.ts'
import {
  AEADS,
  aeadByOid,
  CIPHERS,
  cipherByOid,
  DIGESTS,
  defaultSignature,
  digestByHmacOid,
  digestByName,
  digestByOid,
  EC_PUBLIC_KEY,
  HKDFS,
  hkdfByOid,
  isKeySpec,
  KEMS,
  KEY_AGREEMENTS,
  KEY_SPECS,
  KEY_WRAPS,
  kemByOid,
  keyAgreementByOid,
  keySpecOf,
  keyWrapByOid,
  oaepIdentifier,
  RAW_KEYS,
  RSA_ENCRYPTION,
  RSAES_OAEP,
  RSASSA_PSS,
  rawKeyByOid,
  readOaepIdentifier,
  readPublicKey,
  readSignatureIdentifier,
  SIGNATURES,
  signatureByName,
  signatureByOid,
  signatureFits,
} from './index.ts'

const malformed = (error: unknown): boolean => hasCode(error, 'key_malformed')
const spkiOf = (type: string, options: object): Uint8Array =>
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of node:crypto want a literal type
  new Uint8Array((generateKeyPairSync as any)(type, options).publicKey.export({ type: 'spki', format: 'der' }))

test('every row is found again by its identifier', () => {
  for (const row of SIGNATURES) assert.equal(readSignatureIdentifier(row.identifier).row, row)
})

test('parameters belong to the algorithm: absent and NULL are the same for RSA when reading (RFC 4055 §5), and for no other', () => {
  const rsaWithout = sequence(oid('1.2.840.113549.1.1.11'))
  const ecdsaWithNull = sequence(oid('1.2.840.10045.4.3.2'), nullValue())
  assert.equal(readSignatureIdentifier(rsaWithout).row, signatureByName('RSA with SHA-256'))
  assert.equal(readSignatureIdentifier(sequence(oid('1.2.840.113549.1.1.11'), integer(0))).row, undefined)
  assert.notDeepEqual(signatureByName('RSA with SHA-256').identifier, rsaWithout) // never written
  assert.equal(readSignatureIdentifier(ecdsaWithNull).row, undefined)
})

test('RSA-PSS with another digest in MGF1, or another salt, is another algorithm, made from its parameters', () => {
  const good = toHex(signatureByName('RSA-PSS with SHA-256').identifier)
  const digest = '608648016503040201' // SHA-256; the last octet names it
  const other = readSignatureIdentifier(fromHex(good.replace(digest, '608648016503040202'))).row
  assert.equal(other?.name, 'RSA-PSS with SHA-384, MGF1 SHA-256, salt 32')
  const short = readSignatureIdentifier(fromHex(good.replace(/020120$/, '020110'))).row
  assert.equal(short?.name, 'RSA-PSS with SHA-256, MGF1 SHA-256, salt 16')
  assert.equal(short?.pss?.saltLength, 16)
  for (const row of [other, short]) assert.deepEqual(readSignatureIdentifier(row!.identifier).row, row)
  assert.equal(readSignatureIdentifier(fromHex(good)).row, signatureByName('RSA-PSS with SHA-256'))
})

test('RSA-PSS with SHA-1 anywhere, its default, or with parameters in another form has no row', () => {
  const identifier = (...fields: Uint8Array[]): Uint8Array => sequence(oid(RSASSA_PSS), sequence(...fields))
  const hash = (name: DigestName): Uint8Array => explicit(0, digestByName(name).identifier)
  const mgf = (name: DigestName, dotted = '1.2.840.113549.1.1.8'): Uint8Array =>
    explicit(1, sequence(oid(dotted), digestByName(name).identifier))
  const salt = (length: number): Uint8Array => explicit(2, integer(length))
  const row = (der: Uint8Array): unknown => readSignatureIdentifier(der).row
  assert.ok(row(identifier(hash('SHA-256'), mgf('SHA-256'))))
  const bad: Record<string, Uint8Array> = {
    'no parameters': sequence(oid(RSASSA_PSS)),
    'NULL parameters': sequence(oid(RSASSA_PSS), nullValue()),
    'all defaults': identifier(),
    'default digest': identifier(mgf('SHA-256'), salt(32)),
    'default MGF1 digest': identifier(hash('SHA-256'), salt(32)),
    'SHA-1': identifier(hash('SHA-1'), mgf('SHA-1'), salt(32)),
    'SHA-224': identifier(hash('SHA-224'), mgf('SHA-224'), salt(28)),
    'another MGF': identifier(hash('SHA-256'), mgf('SHA-256', '1.2.3'), salt(32)),
    'default salt written': identifier(hash('SHA-256'), mgf('SHA-256'), salt(20)),
    'negative salt': identifier(hash('SHA-256'), mgf('SHA-256'), salt(-1)),
    'a salt that fits no key': identifier(hash('SHA-256'), mgf('SHA-256'), salt(100_000)),
    'a trailer field': identifier(hash('SHA-256'), mgf('SHA-256'), salt(32), explicit(3, integer(1))),
    'fields out of order': identifier(mgf('SHA-256'), hash('SHA-256'), salt(32)),
  }
  for (const [what, der] of Object.entries(bad)) assert.equal(row(der), undefined, what)
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
  for (const { spec, kind, bits, use } of Object.values(KEY_SPECS).filter(({ oid: dotted }) => rawKeyByOid(dotted))) {
    const spki = spkiOf(spec, {}) // Node names them as we do
    assert.equal(keySpecOf(spki), spec)
    const facts = readPublicKey(spki)
    assert.deepEqual([facts.kind, facts.bits], [kind, bits])
    if (use === 'sign') assert.ok(signatureFits(defaultSignature(spec), facts))
    else
      assert.throws(
        () => defaultSignature(spec),
        (error) => hasCode(error, 'key_mismatch'),
        spec,
      )
  }
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

test('rows of encryption are found by their OIDs, and OIDs without a row are unsupported', () => {
  for (const row of CIPHERS) assert.equal(cipherByOid(row.oid), row)
  for (const row of AEADS) assert.equal(aeadByOid(row.oid), row)
  for (const row of KEY_WRAPS) assert.equal(keyWrapByOid(row.oid), row)
  for (const row of KEMS) assert.equal(kemByOid(row.oid), row)
  for (const row of KEY_AGREEMENTS) assert.equal(keyAgreementByOid(row.oid), row)
  for (const row of HKDFS) assert.equal(hkdfByOid(row.oid), row)
  for (const row of DIGESTS) assert.deepEqual([digestByOid(row.oid), digestByHmacOid(row.hmacOid)], [row, row])
  const oids = [...CIPHERS, ...AEADS, ...KEY_WRAPS, ...KEMS, ...KEY_AGREEMENTS, ...HKDFS, ...DIGESTS, ...RAW_KEYS]
  // KEMS and RAW_KEYS say the same of ML-KEM; nothing else is said twice.
  assert.equal(new Set(oids.map(({ oid: dotted }) => dotted)).size, oids.length - KEMS.length)
  for (const find of [cipherByOid, aeadByOid, keyWrapByOid, kemByOid, keyAgreementByOid, hkdfByOid, digestByHmacOid]) {
    // Another of the family each time: ECB, DES, MQV.
    for (const dotted of ['2.16.840.1.101.3.4.1.1', '1.2.840.113549.3.7', '1.3.133.16.840.63.0.16']) {
      assert.throws(
        () => find(dotted),
        (error) => hasCode(error, 'algorithm_unsupported'),
      )
    }
  }
})

test('parameters of RSA-OAEP are written without their defaults and read with or without them', () => {
  const label = Uint8Array.of(1, 2, 3)
  for (const parameters of [
    { digest: 'SHA-1', mgfDigest: 'SHA-1' },
    { digest: 'SHA-256', mgfDigest: 'SHA-1' },
    { digest: 'SHA-1', mgfDigest: 'SHA-512', label },
    { digest: 'SHA3-256', mgfDigest: 'SHA3-256', label },
  ] as const) {
    assert.deepEqual(readOaepIdentifier(oaepIdentifier(parameters)), parameters)
  }
  assert.equal(
    toHex(oaepIdentifier({ digest: 'SHA-1', mgfDigest: 'SHA-1', label: new Uint8Array() })).slice(-4),
    '3000',
  )
  const sha1 = digestByName('SHA-1').identifier
  const bare = sequence(oid('1.3.14.3.2.26'))
  const identifier = (...fields: Uint8Array[]): Uint8Array => sequence(oid(RSAES_OAEP), sequence(...fields))
  const mgf = (hash: Uint8Array, dotted = '1.2.840.113549.1.1.8'): Uint8Array =>
    explicit(1, sequence(oid(dotted), hash))
  const source = (dotted: string): Uint8Array => explicit(2, sequence(oid(dotted), octetString(new Uint8Array())))
  const written = identifier(explicit(0, sha1), mgf(bare), source('1.2.840.113549.1.1.9'))
  assert.deepEqual(readOaepIdentifier(written), { digest: 'SHA-1', mgfDigest: 'SHA-1' })
  const unsupported = [
    identifier(explicit(0, sequence(oid('1.2.840.113549.2.5')))), // MD5
    identifier(mgf(sha1, '1.2.3')),
    identifier(source('1.2.3')),
    sequence(oid(RSA_ENCRYPTION), nullValue()),
  ]
  for (const der of unsupported) {
    assert.throws(
      () => readOaepIdentifier(der),
      (error) => hasCode(error, 'algorithm_unsupported'),
    )
  }
  for (const der of [sequence(oid(RSAES_OAEP)), identifier(mgf(sha1), explicit(0, sha1)), identifier(nullValue())]) {
    assert.throws(
      () => readOaepIdentifier(der),
      (error) => hasCode(error, 'der_malformed'),
    )
  }
})
