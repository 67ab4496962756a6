// What hostile bytes have done to other decoders, and what they meet here.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, settle, vectors } from '@scel/testkit/vectors'
import { concat, fromHex, toHex } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import {
  checkDer,
  DerReader,
  decodeOid,
  decodeString,
  derOfBer,
  element,
  encodeOid,
  integer,
  nullValue,
  octetString,
  sequence,
} from './index.ts'

const malformed = (error: unknown): boolean => hasCode(error, 'der_malformed')
const read = <T>(der: Uint8Array | string, how: (reader: DerReader) => T): T =>
  DerReader.whole(typeof der === 'string' ? fromHex(der) : der, 'test', how)
const descend = (reader: DerReader): unknown => (reader.done ? undefined : reader.sequence(descend))

/** Every reader of bytes that nobody has looked at yet. */
const READERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  checkDer: (bytes) => checkDer(bytes, 'test'),
  derOfBer: (bytes) => derOfBer(bytes, 'test'),
  DerReader: (bytes) => read(bytes, descend),
}

test('CVE-2025-66031 and ASN1.js#131: nesting without end is refused at a fixed depth', () => {
  // 20 kB of opening SEQUENCEs killed a process.
  const open = concat(...Array.from({ length: 10_000 }, () => fromHex('3080')))
  assert.throws(
    () => derOfBer(open, 'test'),
    (error) => hasCode(error, 'der_too_deep'),
  )
  let definite: Uint8Array = nullValue()
  for (let i = 0; i < 3_000; i++) definite = sequence(definite)
  for (const [name, reads] of Object.entries(READERS)) {
    assert.throws(
      () => reads(definite),
      (error) => hasCode(error, 'der_too_deep'),
      name,
    )
    assert.throws(() => reads(open), isPkiError, name)
  }
})

test('bc-test-data nested_seq*: both nesting attacks end in an error of ours', (t) => {
  const suite = vectors(t, 'bouncycastle')
  if (!suite) return
  const names = suite.list('.').filter((name) => name.startsWith('nested_seq'))
  const accepted = new Map<string, boolean>()
  for (const name of names) {
    for (const [reader, reads] of Object.entries(READERS)) {
      accepted.set(
        `${name} by ${reader}`,
        accepts(() => reads(suite.read(name))),
      )
    }
  }
  settle(
    t,
    'bouncycastle nesting',
    judge(
      [...accepted.keys()].map((id) => ({ id, accept: false })),
      {},
      accepted,
    ),
  )
})

test('CVE-2025-66030: an arc above 2^32 does not look like a smaller one', () => {
  const wrapped = encodeOid('2.5.29.4294967311') // 15 + 2^32: keyUsage after a cut to 32 bits
  assert.equal(decodeOid(wrapped), '2.5.29.4294967311')
  const larger = '1.2.840.113549.340282366920938463463374607431768211457' // 1 + 2^128
  assert.equal(decodeOid(encodeOid(larger)), larger)
  assert.equal(decodeOid(fromHex('2a864886f70d8480808001')), '1.2.840.113549.1073741825')
})

test('CVE-2025-12816: an optional field of another type or in another place is refused, not skipped', () => {
  // SEQUENCE { a BOOLEAN OPTIONAL, b INTEGER OPTIONAL, c OCTET STRING }
  const schema = (der: string): unknown =>
    read(der, (reader) =>
      reader.sequence((fields) => ({
        a: fields.optional(0x01, (inner) => inner.boolean()),
        b: fields.optional(0x02, (inner) => inner.smallInteger()),
        c: fields.octetString(),
      })),
    )
  assert.deepEqual(schema('3003040141'), { a: undefined, b: undefined, c: fromHex('41') })
  for (const hex of [
    '3009' + '020105' + '0101ff' + '040141', // in another order
    '3006' + '0c0141' + '040141', // a string where there may be a boolean
    '3006' + '040141' + '020105', // an optional field behind the last one
    '3006' + '0101ff' + '0101ff', // one twice, and the last field missing
    '3003' + '240141', // the right number, constructed
    '3003' + '840141', // the right number, another class
  ]) {
    assert.throws(() => schema(hex), malformed, hex)
  }
})

test('CVE-2026-22795, CVE-2026-22796, CVE-2025-69420: a value of another type than the schema wants is never read as one', () => {
  const readers: Record<number, (reader: DerReader) => unknown> = {
    1: (reader) => reader.boolean(),
    2: (reader) => reader.integer(),
    3: (reader) => reader.bitString(),
    4: (reader) => reader.octetString(),
    5: (reader) => reader.null(),
    6: (reader) => reader.oid(),
    10: (reader) => reader.enumerated(),
    24: (reader) => reader.generalizedTime(),
    48: (reader) => reader.sequence((inner) => inner.list((one) => one.element())),
    49: (reader) => reader.setOf((one) => one.element()),
  }
  for (const [tag, reads] of Object.entries(readers)) {
    for (let other = 0; other < 256; other++) {
      if (other === Number(tag)) continue
      assert.throws(() => read(element(other, fromHex('00')), reads), malformed, `${tag} from ${other}`)
    }
  }
})

test('CVE-2026-34180: a high tag number is refused, in a minimal form or not', () => {
  for (const hex of [
    '1f00',
    'bf00',
    '1f1f00',
    '1f801f00',
    '1f8000',
    '3f2100',
    '5f818000',
    '9f2000',
    'bf8080800100',
    'ff7f00',
  ]) {
    for (const [name, reads] of Object.entries(READERS))
      assert.throws(() => reads(fromHex(hex)), malformed, `${hex} ${name}`)
    assert.throws(() => read(hex, (reader) => reader.element()), malformed, hex)
    assert.throws(
      () => read(sequence(fromHex(hex)), (reader) => reader.sequence((r) => r.list((one) => one.element()))),
      malformed,
    )
  }
})

test('lengths: 2^31 and more, five octets, longer than the input, not minimal, indefinite; nothing is allocated first', () => {
  const before = process.memoryUsage().arrayBuffers
  for (const hex of [
    '04847fffffff00',
    '048480000000',
    '0484ffffffff00',
    '04850000000001ff',
    '0485ffffffffff',
    '0488000000000000000100',
    '04ff00',
    '0482ffff00',
    '040200',
  ]) {
    for (const reads of Object.values(READERS)) assert.throws(() => reads(fromHex(hex)), malformed, hex)
    assert.throws(() => read(hex, (reader) => reader.octetString()), malformed, hex)
  }
  assert.ok(process.memoryUsage().arrayBuffers - before < 64 * 1024 * 1024)
  for (const hex of ['04810141', '0482000141', '04840000000141', '30800000', '2480040141' + '0000']) {
    assert.throws(() => checkDer(fromHex(hex), 'test'), malformed, hex)
    assert.throws(() => read(hex, (reader) => reader.element()), malformed, hex)
  }
})

test('integers: leading 00 and FF, empty, and negative where a magnitude is wanted are refused', () => {
  for (const hex of ['0200', '02020000', '0202007f', '0202ff80', '0203ffffff']) {
    assert.throws(() => read(hex, (reader) => reader.integerBytes()), malformed, hex)
    assert.throws(() => checkDer(fromHex(hex), 'test'), malformed, hex)
  }
  assert.throws(() => read('0201ff', (reader) => reader.smallInteger()), malformed)
  assert.throws(() => read(integer(1n << 20_000n), (reader) => reader.integer()), malformed) // no endless bigint work
})

test('CVE-2026-7383: strings of odd length, with NUL, or with octets that their type lacks, are refused', () => {
  const bad: readonly [tag: number, hex: string][] = [
    [0x1e, '61'],
    [0x1e, '006100'],
    [0x1c, '000061'],
    [0x1c, '0000006100'],
    [0x0c, '610062'],
    [0x0c, '80'],
    [0x16, '80'],
    [0x13, '00'],
    [0x14, '6100'],
    [0x16, '00'],
    [0x1e, '00610000'],
    [0x1c, '00000000'],
  ]
  for (const [tag, hex] of bad) {
    assert.throws(
      () => decodeString(tag, fromHex(hex)),
      (error) => hasCode(error, 'string_malformed'),
      hex,
    )
  }
  assert.equal(decodeString(0x14, fromHex('e9')), 'é') // T.61, which means Latin-1 wherever it is still written
})

test('unused bits of a BIT STRING and the octet of a BOOLEAN have one form', () => {
  for (const hex of ['0300', '030101', '03020800', '030201ff', '2305030200ff']) {
    assert.throws(() => checkDer(fromHex(hex), 'test'), malformed, hex)
  }
  for (const hex of ['010101', '01017f', '0100', '0102ffff'])
    assert.throws(() => checkDer(fromHex(hex), 'test'), malformed, hex)
  assert.throws(() => read('030201fe', (reader) => reader.bitStringBytes()), malformed)
})

test('a walk without a schema holds universal types to their form, sets to their order, strings to one piece', () => {
  const bad = ['050100', '0601', '060180', '2403040141', '2c030c0141', '1000', '1100', '0000', '3106020102020101', '']
  for (const hex of bad) assert.throws(() => checkDer(fromHex(hex), 'test'), isPkiError, hex)
  for (const hex of ['3106020101020102', '3107810100a0020500', '28020500', '0500']) checkDer(fromHex(hex), 'test')
  assert.throws(() => checkDer(fromHex('05000500'), 'test'), malformed)
})

test('BER is read within bounds: elements are counted, pieces of a million octets do not overflow the stack', () => {
  const pieces = fromHex(`2480${'040161'.repeat(200_000)}0000`)
  assert.equal(toHex(derOfBer(pieces, 'test').subarray(0, 6)), '0483030d4061')
  const many = concat(
    fromHex('3080'),
    new Uint8Array(2_200_000).map((_, i) => (i % 2 === 0 ? 5 : 0)),
    fromHex('0000'),
  )
  assert.throws(
    () => derOfBer(many, 'test'),
    (error) => hasCode(error, 'input_too_large'),
  )
  const der = sequence(octetString(fromHex('61')), integer(5))
  assert.equal(derOfBer(der, 'test').buffer, der.buffer) // DER is not copied
})

function accepts(look: () => unknown): boolean {
  try {
    look()
    return true
  } catch (error) {
    assert.ok(isPkiError(error), String(error))
    return false
  }
}
