// What hostile certificates have done to other programs, and what they meet here.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { certify, type Holder, leafExtensions, named } from '@scel/testkit/authority'
import { readPublicKey, signatureByName } from '../algorithms/index.ts'
import {
  bitString,
  boolean,
  contentOf,
  element,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
} from '../asn1/index.ts'
import { concat, equal, fromHex, utf8 } from '../bytes/index.ts'
import { hasCode, isPkiError, PkiError } from '../errors/index.ts'
import type { Extension } from './index.ts'
import {
  assembleSigned,
  attributeByOid,
  buildName,
  buildTbsCertificate,
  extension,
  extensionName,
  fingerprint,
  formatName,
  makeExtension,
  nameValue,
  parseCertificate,
  parseName,
  parseTbsCertificate,
  verifyIssuedBy,
  verifySigned,
} from './index.ts'

const ROW = signatureByName('ECDSA with SHA-256')
let holder: Holder
before(async () => {
  holder = await certify({ name: named('x'), extensions: leafExtensions() })
})

const refused = (error: unknown): boolean => isPkiError(error)
const malformed = (error: unknown): boolean => hasCode(error, 'der_malformed')

/** The certificate of the holder with one field of its TBSCertificate replaced; the signature is of the old one. */
const withField = (position: number, field: Uint8Array | undefined): Uint8Array => withFields([[position, field]])

function withFields(changes: readonly (readonly [position: number, field: Uint8Array | undefined])[]): Uint8Array {
  const changed = new Map(changes)
  const fields: Uint8Array[] = []
  let rest = contentOf(holder.certificate.signedBytes)
  while (rest.length > 0) {
    const size = rest.length - contentOf(rest).length + lengthOf(rest)
    fields.push(rest.subarray(0, size))
    rest = rest.subarray(size)
  }
  const all = fields.map((one, index) => (changed.has(index) ? changed.get(index) : one))
  return assembleSigned(sequence(...all.filter((one) => one !== undefined)), ROW, holder.certificate.signature)
}
const FIELD = { version: 0, serial: 1, signature: 2, validity: 4, publicKey: 6, extensions: 7 }

test('serial numbers: 0, negative, long and with leading octets are read as what they are, or refused', () => {
  const serialOf = (content: string): string =>
    parseCertificate(withField(FIELD.serial, element(0x02, fromHex(content)))).serialHex
  assert.deepEqual(['00', 'ff', '80', '0080', '7f'.repeat(21)].map(serialOf), [
    '00',
    '-01',
    '-80',
    '80',
    '7f'.repeat(21),
  ])
  for (const content of ['', '0001', 'ff80', '000080']) assert.throws(() => serialOf(content), malformed, content)
})

test('duplicated extensions are refused, whatever their values and order', () => {
  const one = makeExtension('keyUsage', ['digitalSignature'])
  const other = makeExtension('keyUsage', ['keyCertSign'])
  const der = (...all: Extension[]): Uint8Array =>
    explicit(3, sequence(...all.map((each) => sequence(oid(each.oid), boolean(true), octetString(each.value)))))
  const between = makeExtension('basicConstraints', { ca: true })
  for (const all of [
    [one, one],
    [one, other],
    [one, between, other],
  ]) {
    assert.throws(
      () => parseCertificate(withField(FIELD.extensions, der(...all))),
      (error) => hasCode(error, 'extension_duplicate') && error.facts.oid === '2.5.29.15',
    )
  }
  // Their order says nothing (RFC 5280 §4.2).
  const values = [der(one, between), der(between, one)].map((extensions) =>
    extension(parseCertificate(withField(FIELD.extensions, extensions)), 'keyUsage'),
  )
  assert.deepEqual(values[0], values[1])
})

test('an extension list that never ends is refused before it is compared with itself', () => {
  const many = Array.from({ length: 3_000 }, (_, i) => sequence(oid(`1.2.3.${i}`), octetString(nullValue())))
  const der = withField(FIELD.extensions, explicit(3, sequence(concatAll(many))))
  assert.throws(
    () => parseCertificate(der),
    (error) => hasCode(error, 'input_too_large'),
  )
})

test('dates: the years 50 and 49 are a century apart, and GeneralizedTime has no fraction, no zone, no missing seconds', () => {
  const dates = (tag: number, from: string, to: string): Uint8Array =>
    withField(FIELD.validity, sequence(element(tag, utf8(from)), element(tag, utf8(to))))
  const read = parseCertificate(dates(0x17, '500101000000Z', '491231235959Z'))
  assert.deepEqual([read.notBefore.getUTCFullYear(), read.notAfter.getUTCFullYear()], [1950, 2049])
  for (const [tag, text] of [
    [0x18, '20500101000000.5Z'],
    [0x18, '20500101000000.0Z'],
    [0x18, '20500101000000'],
    [0x18, '20500101000000+0100'],
    [0x18, '205001010000Z'],
    [0x17, '2601010000Z'],
    [0x17, '260101000000+0100'],
    [0x17, '260229000000Z'], // 2026 has no 29 February
    [0x17, '260101240000Z'],
  ] as const) {
    assert.throws(
      () => parseCertificate(dates(tag, text, text)),
      (error) => hasCode(error, 'time_malformed'),
      text,
    )
  }
})

test('two encodings of one certificate do not get two identities: BER in any place is refused', async () => {
  const { der, signedBytes, signature } = holder.certificate
  const again = {
    'indefinite outer length': concat(fromHex('3080'), contentOf(der), fromHex('0000')),
    'longer outer length': concat(fromHex('308300'), der.subarray(2)),
    'trailing octet': concat(der, fromHex('00')),
    'signature in pieces': sequence(signedBytes, ROW.identifier, element(0x23, bitString(signature))),
    'criticality 01': relabelled(der, '0101ff', '010101'),
  }
  for (const [what, bytes] of Object.entries(again)) {
    assert.ok(!equal(bytes, der), what)
    try {
      const certificate = parseCertificate(bytes)
      assert.notEqual(await fingerprint(certificate.der), await fingerprint(der), what)
      assert.equal(await verifyIssuedBy(certificate, holder.certificate), false, what)
    } catch (error) {
      assert.ok(isPkiError(error), `${what}: ${error}`)
    }
  }
})

test('a signature does not verify in two encodings: as whole octets, and a zero bit shorter', async () => {
  let { certificate, keys } = holder
  while (certificate.signature.at(-1)! & 1) ({ certificate, keys } = await certify({ name: named('x') }))
  const { signedBytes, signature } = certificate
  const shorter = parseCertificate(sequence(signedBytes, ROW.identifier, bitString(signature, 1)))
  assert.deepEqual(shorter.signature, signature)
  assert.equal(await verifySigned(certificate, keys.publicKey), true)
  assert.equal(await verifySigned(shorter, keys.publicKey), false)
})

test('CVE-2025-12816: optional fields of a certificate are not found by trying: their order and versions hold', () => {
  const extensions = explicit(3, sequence(sequence(oid('2.5.29.19'), octetString(sequence()))))
  const uniqueId = element(0x81, fromHex('0041'))
  const bad: Record<string, Uint8Array> = {
    'extensions where the key should be': withField(FIELD.publicKey, extensions),
    'no version, so version 1, with extensions': withField(FIELD.version, undefined),
    'version 1 written out': withField(FIELD.version, explicit(0, integer(0))),
    'no version, so version 1, with a unique identifier': withFields([
      [FIELD.version, undefined],
      [FIELD.extensions, uniqueId],
    ]),
    'version 4': withField(FIELD.version, explicit(0, integer(3))),
    'unique identifiers in the wrong order': withField(
      FIELD.extensions,
      concat(element(0x82, fromHex('0041')), uniqueId),
    ),
    'a unique identifier behind the extensions': withField(FIELD.extensions, concat(extensions, uniqueId)),
    'extensions twice': withField(FIELD.extensions, concat(extensions, extensions)),
    'an empty extension list': withField(FIELD.extensions, explicit(3, sequence())),
  }
  for (const [what, der] of Object.entries(bad)) assert.throws(() => parseCertificate(der), refused, what)
  const read = parseCertificate(withField(FIELD.extensions, concat(uniqueId, extensions)))
  const old = withFields([
    [FIELD.version, undefined],
    [FIELD.extensions, undefined],
  ])
  assert.equal(parseCertificate(old).version, 1)
  assert.deepEqual(read.issuerUniqueId, { bytes: fromHex('41'), unusedBits: 0 })
  assert.equal('subjectUniqueId' in read, false)
  const other = parseCertificate(withField(FIELD.extensions, concat(element(0x82, fromHex('0041')), extensions)))
  assert.deepEqual(other.subjectUniqueId, { bytes: fromHex('41'), unusedBits: 0 })
  assert.equal('issuerUniqueId' in other, false)
  const tbs = parseTbsCertificate(other.signedBytes)
  assert.deepEqual(
    [tbs.subjectUniqueId, 'issuerUniqueId' in tbs, tbs.serialHex],
    [other.subjectUniqueId, false, other.serialHex],
  )
})

test('integers of keys: a negative, zero or even modulus is refused', () => {
  const key = (modulus: Uint8Array): Uint8Array =>
    sequence(sequence(oid('1.2.840.113549.1.1.1'), nullValue()), bitString(sequence(modulus, integer(65537))))
  const bytes = new Uint8Array(256).fill(0x81)
  for (const [what, modulus] of Object.entries({
    negative: element(0x02, bytes),
    zero: integer(0),
    even: element(0x02, concat(fromHex('00'), bytes.with(255, 0x80))),
    'with leading zeros': element(0x02, concat(fromHex('0000'), bytes)),
  })) {
    assert.throws(() => readPublicKey(key(modulus)), refused, what)
  }
})

test('names with NUL, with strings of odd length or of another type than they say are refused', () => {
  const name = (value: Uint8Array): Uint8Array => sequence(setOf(sequence(oid('2.5.4.3'), value)))
  const bad = [
    element(0x0c, utf8('bank.example\0.evil.example')),
    element(0x16, utf8('bank.example\0')),
    element(0x1e, fromHex('006100')),
    element(0x1e, fromHex('d800')),
    element(0x1c, fromHex('000061')),
    element(0x13, utf8('a@b')),
    element(0x0c, fromHex('c0af')),
  ]
  for (const value of bad)
    assert.throws(
      () => parseName(name(value)),
      (error) => hasCode(error, 'name_malformed'),
    )
  assert.equal(nameValue(parseName(name(element(0x14, fromHex('e96c')))), 'commonName'), 'él')
})

test('steps of a name have their attributes in one order, and each its own place', () => {
  const attribute = (arc: number, text: string): Uint8Array => sequence(oid(`2.5.4.${arc}`), element(0x0c, utf8(text)))
  const [a, b] = [attribute(3, 'a'), attribute(10, 'b')] as const
  assert.equal(parseName(sequence(element(0x31, a, b))).rdns[0]!.length, 2)
  assert.throws(() => parseName(sequence(element(0x31, b, a))), malformed)
  assert.throws(
    () => parseName(sequence(element(0x31))),
    (error) => hasCode(error, 'name_malformed'),
  )
  assert.throws(() => parseName(sequence(a)), malformed)
})

test('CVE-2020-7720: a name or an extension called __proto__ changes nothing but itself', () => {
  const name = buildName([
    { type: 'commonName', value: '__proto__' },
    { oid: '1.2.3.4', value: 'constructor' },
  ])
  assert.equal(nameValue(name, 'commonName'), '__proto__')
  assert.match(formatName(name, 'rfc4514'), /CN=__proto__/)
  for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(extensionName(word), undefined)
    assert.equal(attributeByOid(word), undefined)
    const purposes = makeExtension('extendedKeyUsage', ['clientAuth'])
    assert.throws(() => makeExtension('extendedKeyUsage', [word]), refused, word)
    assert.deepEqual(extension({ extensions: [purposes] }, 'extendedKeyUsage'), ['clientAuth'])
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
  assert.deepEqual(Object.keys(Object.prototype), [])
})

test('CVE-2025-61729: an error about a certificate with a name of a megabyte stays short', () => {
  const error = new PkiError('certificate_expired', { subject: 'x'.repeat(1_000_000), notAfter: '', at: '' })
  assert.ok(JSON.stringify(error.facts).length < 1_000)
  const long = buildName([{ type: 'commonName', value: 'x'.repeat(200_000) }])
  const tbs = buildTbsCertificate({
    ...holder.certificate,
    signature: ROW,
    publicKey: holder.keys.publicKey,
    subject: long,
  })
  assert.throws(
    () => parseCertificate(concat(assembleSigned(tbs, ROW, fromHex('00')), fromHex('00'))),
    (thrown) => isPkiError(thrown) && `${thrown} ${JSON.stringify(thrown.facts)}`.length < 1_000,
  )
})

/** Length of the content of the element that `bytes` begins with. */
function lengthOf(bytes: Uint8Array): number {
  const first = bytes[1]!
  if (first < 0x80) return first
  return bytes.subarray(2, 2 + (first & 0x7f)).reduce((length, octet) => length * 256 + octet, 0)
}

function relabelled(der: Uint8Array, from: string, to: string): Uint8Array {
  const hex = Buffer.from(der).toString('hex')
  assert.ok(hex.includes(from))
  return fromHex(hex.replace(from, to))
}

const concatAll = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))
