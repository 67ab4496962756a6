import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, toHex, utf8 } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import {
  bitString,
  DerReader,
  decodeOid,
  decodeString,
  encodeOid,
  encodeString,
  integer,
  namedBits,
  parseGeneralizedTime,
  parseUtcTime,
  setOf,
  string,
  stringTag,
  time,
  unsignedInteger,
} from './index.ts'

test('object identifiers of any arc are read back the same', () => {
  const arc = fc.bigInt({ min: 0n, max: 1n << 130n })
  const root = fc.oneof(
    fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt({ min: 0n, max: 39n })),
    fc.tuple(fc.constant(2n), arc),
  )
  fc.assert(
    fc.property(root, fc.array(arc, { maxLength: 5 }), ([first, second], rest) => {
      const dotted = [first, second, ...rest].join('.')
      assert.equal(decodeOid(encodeOid(dotted)), dotted)
    }),
  )
  assert.equal(toHex(encodeOid('1.2.840.113549.1.1.11')), '2a864886f70d01010b')
})

test('an identifier is read from its octets, whatever else was read from the same memory before', () => {
  // One place of what is kept is for both.
  const [before, after] = ['1.2.840.113549.1.1.5', '1.2.840.113549.1.0.36']
  const memory = Buffer.from(encodeOid(before))
  assert.equal(decodeOid(memory), before)
  memory.set(encodeOid(after))
  assert.equal(decodeOid(memory), after)
})

test('an arc beyond 32 bits does not look like a smaller one', () => {
  const trusted = decodeOid(encodeOid('2.5.29.15'))
  assert.notEqual(decodeOid(encodeOid('2.5.29.4294967311')), trusted) // 15 + 2^32
})

test('object identifiers have one encoding, and one text', () => {
  for (const hex of ['', '2a8001', '2a86', '80', `2a${'ff'.repeat(200)}01`]) {
    assert.throws(
      () => decodeOid(fromHex(hex)),
      (error) => hasCode(error, 'oid_malformed'),
      hex,
    )
  }
  for (const text of ['', '1', '3.1', '1.40', '1.2.', '01.2', '1.02', '1.-2', ' 1.2']) {
    assert.throws(
      () => encodeOid(text),
      (error) => hasCode(error, 'oid_malformed'),
      text,
    )
  }
})

test('dates are UTCTime until 2049 and GeneralizedTime from 2050, and read back to the second', () => {
  assert.equal(toHex(time(new Date('2049-12-31T23:59:59Z'))).slice(0, 4), '170d')
  assert.equal(toHex(time(new Date('2050-01-01T00:00:00Z'))).slice(0, 4), '180f')
  assert.equal(toHex(time(new Date('1949-12-31T23:59:59Z'))).slice(0, 4), '180f')
  const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 })
  fc.assert(
    fc.property(seconds, (second) => {
      const date = new Date(second * 1_000)
      assert.equal(DerReader.whole(time(date), 'time', (reader) => reader.time()).getTime(), date.getTime())
    }),
  )
  assert.equal(parseUtcTime(utf8('500101000000Z')).getUTCFullYear(), 1950)
  assert.equal(parseUtcTime(utf8('491231235959Z')).getUTCFullYear(), 2049)
})

test('times that RFC 5280 does not admit are refused', () => {
  const utc = ['2601010000Z', '260101000000+0000', '260101000000', '261301000000Z', '260230000000Z', '260101240000Z']
  const generalized = ['20260101000000.5Z', '202601010000Z', '20260101000060Z', '2026010100000aZ', '20260132000000Z']
  for (const text of utc) {
    assert.throws(
      () => parseUtcTime(utf8(text)),
      (error) => hasCode(error, 'time_malformed'),
      text,
    )
  }
  for (const text of generalized) {
    assert.throws(
      () => parseGeneralizedTime(utf8(text)),
      (error) => hasCode(error, 'time_malformed'),
      text,
    )
  }
})

test('strings are read back the same in every type that can hold them', () => {
  const types = ['UTF8String', 'BMPString', 'UniversalString', 'PrintableString', 'IA5String', 'TeletexString'] as const
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.string({ unit: 'grapheme', maxLength: 40 }), (type, text) => {
      let der: Uint8Array
      try {
        der = string(type, text)
      } catch (error) {
        assert.ok(isPkiError(error))
        return
      }
      assert.deepEqual(
        DerReader.whole(der, 'x', (reader) => reader.string()),
        { tag: stringTag(type), text },
      )
    }),
  )
})

test('strings that two programs would read differently are refused', () => {
  const bad: [tag: number, hex: string][] = [
    [0x0c, '6100'], // NUL ends a C string
    [0x0c, 'c0af'], // overlong
    [0x16, '61e9'], // above 127 in IA5String
    [0x13, '6140'], // @ in PrintableString
    [0x1e, '006100'], // odd BMPString
    [0x1e, 'd800'], // half a pair
    [0x1c, '00110000'], // beyond Unicode
    [0x04, '61'], // not a string at all
  ]
  for (const [tag, hex] of bad) {
    assert.throws(
      () => decodeString(tag, fromHex(hex)),
      (error) => hasCode(error, 'string_malformed'),
      hex,
    )
  }
  assert.throws(
    () => encodeString('PrintableString', 'a@b'),
    (error) => hasCode(error, 'string_malformed'),
  )
})

test('sets are sorted, named bits lose trailing zeros, magnitudes get their sign octet', () => {
  assert.equal(toHex(setOf(integer(2), integer(1))), '3106020101020102')
  assert.equal(toHex(namedBits([0])), '03020780')
  assert.equal(toHex(namedBits([5, 6])), '03020106')
  assert.equal(toHex(namedBits([])), '030100')
  assert.equal(toHex(namedBits([8])), '0303070080')
  assert.equal(toHex(unsignedInteger(fromHex('0080'))), '02020080')
  assert.equal(toHex(integer(fromHex('ffff80'))), '020180')
  assert.equal(toHex(bitString(fromHex('aa'))), '030200aa')
})
