import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, utf8 } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import { checkDer, DerReader, derOfBer, element, integer, sequence } from './index.ts'

const malformed = (error: unknown): boolean => hasCode(error, 'der_malformed')
const read = <T>(hex: string, how: (reader: DerReader) => T): T => DerReader.whole(fromHex(hex), 'test', how)

test('every length but the shortest is refused', () => {
  for (const hex of ['04810141', '0482000141', '048400000001 41', '0480410000', '048500000000 0141', '04'].map((h) =>
    h.replace(' ', ''),
  )) {
    assert.throws(() => read(hex, (reader) => reader.octetString()), malformed, hex)
  }
  assert.equal(read(`048180${'41'.repeat(128)}`, (reader) => reader.octetString()).length, 128)
})

test('a length beyond the input is refused before anything is allocated', () => {
  for (const hex of ['0484ffffffff', '04847fffffff00', '040341', '30800000']) {
    assert.throws(() => read(hex, (reader) => reader.element()), malformed, hex)
  }
})

test('an inner element cannot reach out of the outer one', () => {
  assert.throws(() => read('3003040241 42'.replace(' ', ''), (r) => r.sequence((s) => s.octetString())), malformed)
})

test('nothing may be left over, inside or outside', () => {
  assert.throws(() => read('02010100', (reader) => reader.integer()), malformed)
  assert.throws(() => read('3006020101020102', (reader) => reader.sequence((inner) => inner.integer())), malformed)
})

test('booleans, integers, nulls and bit strings have one form', () => {
  for (const hex of ['010101', '01020000', '0100']) assert.throws(() => read(hex, (r) => r.boolean()), malformed, hex)
  for (const hex of ['0200', '02020001', '0202ff80']) assert.throws(() => read(hex, (r) => r.integer()), malformed, hex)
  assert.throws(() => read('050100', (reader) => reader.null()), malformed)
  for (const hex of ['0300', '030101', '030208ff', '030203ff']) {
    assert.throws(() => read(hex, (reader) => reader.bitString()), malformed, hex)
  }
  assert.deepEqual(
    read('030203f8', (reader) => reader.bitString()),
    { bytes: fromHex('f8'), unusedBits: 3 },
  )
})

test('integers are read as they are written, of either sign and any size', () => {
  fc.assert(fc.property(fc.bigInt(), (value) => DerReader.whole(integer(value), 'x', (r) => r.integer()) === value))
  assert.throws(() => read('0201ff', (reader) => reader.smallInteger()), malformed)
  assert.throws(() => read('020103', (reader) => reader.smallInteger(2)), malformed)
})

test('a SET OF is read in its one order only', () => {
  const read3 = (hex: string): number[] => read(hex, (reader) => reader.setOf((item) => item.smallInteger()))
  assert.deepEqual(read3('3109020101020102020103'), [1, 2, 3])
  assert.deepEqual(read3('3106020101020101'), [1, 1])
  assert.deepEqual([read3('3100'), read3('3103020109')], [[], [9]])
  for (const hex of ['3106020102020101', '310702020100020101']) assert.throws(() => read3(hex), malformed, hex)
})

test('a structure that is entered is read to its end before it is left', () => {
  assert.throws(() => read('3003020105', (reader) => reader.leave(reader.enter(0x30))), malformed)
  const value = read('3003020105', (reader) => {
    const outer = reader.enter(0x30)
    assert.deepEqual([reader.offset, reader.peek(2), reader.peek(3)], [2, 5, undefined])
    assert.equal(reader.takes(fromHex('020106')), false)
    assert.equal(reader.takes(fromHex('02010505')), false)
    assert.equal(reader.takes(fromHex('020105')), true)
    reader.leave(outer)
    return reader.done
  })
  assert.equal(value, true)
})

test('what is passed over is checked like what is read', () => {
  for (const hex of ['0200', '02020001', '0401']) assert.throws(() => read(hex, (r) => r.skipInteger()), malformed, hex)
  for (const text of ['260230000000Z', '260101000000', '2601010000Z', '26010100000aZ']) {
    const der = element(0x17, utf8(text))
    assert.throws(
      () => DerReader.whole(der, 'test', (reader) => reader.skipTime()),
      (error) => hasCode(error, 'time_malformed'),
      text,
    )
  }
})

test('tags above 30 are refused', () => {
  for (const hex of ['1f1f0100', '3f810100', 'bf1f00'])
    assert.throws(() => read(hex, (r) => r.element()), malformed, hex)
})

test('nesting, size and the number of elements are bounded', () => {
  const deep = (levels: number): Uint8Array => (levels === 0 ? sequence() : sequence(deep(levels - 1)))
  const descend = (reader: DerReader): unknown => (reader.done ? undefined : reader.sequence(descend))
  assert.throws(
    () => DerReader.whole(deep(40), 'test', descend),
    (error) => hasCode(error, 'der_too_deep'),
  )
  assert.throws(
    () => DerReader.whole(new Uint8Array(11), 'test', () => 0, { maxBytes: 10 }),
    (error) => hasCode(error, 'input_too_large') && error.facts.limit === 10,
  )
  const nulls = fromHex('0500'.repeat(70_000))
  const tooMany = (error: unknown): boolean => hasCode(error, 'input_too_large')
  assert.throws(() => DerReader.whole(nulls, 'test', (reader) => reader.list((item) => item.null())), tooMany)
  assert.throws(() => checkDer(sequence(nulls), 'test'), tooMany)
  assert.equal(
    DerReader.whole(nulls, 'test', (r) => r.list((item) => item.null()), { maxElements: 70_000 }).length,
    70_000,
  )
})

test('any input ends in a value or in an error of ours', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      for (const look of [() => checkDer(bytes, 'x'), () => derOfBer(bytes, 'x')]) {
        try {
          look()
        } catch (error) {
          assert.ok(isPkiError(error), String(error))
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a reader takes what is at its bounds and refuses what is beyond: lengths, numbers, bits, depth', () => {
  const read = <T>(hex: string | Uint8Array, by: (reader: DerReader) => T): T =>
    DerReader.whole(typeof hex === 'string' ? fromHex(hex) : hex, 'test', by)
  const octets = (reader: DerReader): number => reader.octetString().length
  const bad = (hex: string | Uint8Array, by: (reader: DerReader) => unknown): void =>
    assert.throws(() => read(hex, by), isPkiError, typeof hex === 'string' ? hex : '')
  assert.equal(read(`047f${'00'.repeat(127)}`, octets), 127)
  assert.equal(read(`048180${'00'.repeat(128)}`, octets), 128)
  assert.equal(read(`04820100${'00'.repeat(256)}`, octets), 256)
  for (const hex of ['04', '0480', '0484', '048101', '048500000000', `04817f${'00'.repeat(127)}`]) bad(hex, octets)
  bad(`048200ff${'00'.repeat(255)}`, octets)
  bad('040000', octets) // something follows
  assert.deepEqual([read('010100', (one) => one.boolean()), read('0101ff', (one) => one.boolean())], [false, true])
  bad('010101', (one) => one.boolean())
  assert.equal(
    read('020105', (one) => one.smallInteger(5)),
    5,
  )
  bad('020106', (one) => one.smallInteger(5))
  bad('020180', (one) => one.smallInteger())
  const long = (length: number): Uint8Array => element(0x02, new Uint8Array(length).fill(1))
  assert.equal(read(long(2_049), (one) => one.integer()) > 0n, true)
  bad(long(2_050), (one) => one.integer())
  assert.deepEqual(
    read('030100', (one) => one.bitString()),
    { bytes: new Uint8Array(0), unusedBits: 0 },
  )
  bad('030101', (one) => one.bitString())
  assert.deepEqual(
    read('03020780', (one) => one.namedBits()),
    [0],
  )
  assert.deepEqual(
    read('03050000000001', (one) => one.namedBits()),
    [31],
  )
  bad('0306000000000001', (one) => one.namedBits())
  bad('03020080', (one) => one.namedBits())
  const nested = (depth: number): Uint8Array => (depth === 0 ? new Uint8Array(0) : element(0x30, nested(depth - 1)))
  const into = (reader: DerReader): number => (reader.done ? 0 : 1 + reader.sequence(into))
  assert.equal(read(nested(32), into), 32)
  bad(nested(33), into)
})

test('a structure ends where its length says: what follows it is not looked at, not taken and not handed on', () => {
  const empty = '30043000' + '0500'
  const inner = <T>(ask: (reader: DerReader) => T): T =>
    read(empty, (one) =>
      one.sequence((outer) => {
        const found = outer.sequence(ask)
        outer.null()
        return found
      }),
    )
  assert.equal(
    inner((one) => one.tag),
    undefined,
  )
  assert.equal(
    inner((one) => one.peek(0)),
    undefined,
  )
  assert.equal(
    inner((one) => one.takes(fromHex('0500'))),
    false,
  )
  const skipped = (one: DerReader): void =>
    one.sequence((outer) => {
      outer.sequence(() => undefined)
      outer.null()
    })
  assert.throws(() => read('300430020500', skipped), isPkiError) // what is left of a structure is not its neighbour
  assert.equal(
    read('30040500' + '0500', (one) =>
      one.sequence((pair) => [pair.takes(fromHex('0500')), pair.takes(fromHex('0501')), pair.null()][0]),
    ),
    true,
  )
})

test('a header that the input cuts off is malformed, whoever reads it', () => {
  const readers: [string, (reader: DerReader) => unknown][] = [
    ['04', (one) => one.octetString()],
    ['02', (one) => one.integer()],
    ['03', (one) => one.bitString()],
    ['06', (one) => one.oid()],
    ['0c', (one) => one.string()],
    ['17', (one) => one.time()],
    ['18', (one) => one.generalizedTime()],
    ['30', (one) => one.sequence((inner) => inner.element())],
    ['31', (one) => one.setOf((inner) => inner.element())],
  ]
  for (const [tag, how] of readers) {
    for (const cut of ['', '81', '82', '8201', '84', '84000000']) {
      assert.throws(() => read(tag + cut, how), malformed, tag + cut)
    }
  }
})

test('the indefinite form is no length of 128, and four octets of length are not too many', () => {
  const octets = (reader: DerReader): number => reader.octetString().length
  assert.throws(() => read(`0480${'00'.repeat(128)}`, octets), isPkiError)
  const big = new Uint8Array(6 + 2 ** 24)
  big.set(fromHex('048401000000'))
  assert.equal(DerReader.whole(big, 'Test', octets, { maxBytes: big.length }), 2 ** 24)
})
