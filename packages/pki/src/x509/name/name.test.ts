import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StringType } from '../../asn1/index.ts'
import { oid, sequence, setOf, string } from '../../asn1/index.ts'
import { fromHex, toHex } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { Name } from '../index.ts'
import { ATTRIBUTES, buildName, isWithin, nameValue, nameValues, parseName, sameName } from '../index.ts'

const cn = (value: string, type: StringType = 'UTF8String'): Name =>
  parseName(sequence(setOf(sequence(oid('2.5.4.3'), string(type, value)))))

test('a name is written in the order given, each attribute in its string type', () => {
  const name = buildName([
    { type: 'countryName', value: 'FR' },
    { type: 'commonName', value: 'é' },
    { type: 'emailAddress', value: 'a@b' },
  ])
  assert.equal(
    toHex(name.der),
    '302e310b3009060355040613024652310b300906035504030c02c3a93112301006092a864886f70d01090116034061 62'.replace(
      '034061 62',
      '03614062',
    ),
  )
  assert.deepEqual(parseName(name.der), name)
  assert.equal(nameValue(name, 'commonName'), 'é')
  assert.equal(nameValue(name, 'surname'), undefined)
})

test('every attribute type is written and read back the same', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...ATTRIBUTES), value), { maxLength: 5 }), (pairs) => {
      try {
        const name = buildName(pairs.map(([row, text]) => ({ type: row.type, value: text })))
        for (const [row, text] of pairs) assert.ok(nameValues(parseName(name.der), row.type).includes(text))
      } catch (error) {
        assert.ok(isPkiError(error), String(error))
      }
    }),
  )
})

test('an empty value, an empty step and a character that the type lacks are refused', () => {
  assert.throws(
    () => buildName([{ type: 'commonName', value: '' }]),
    (error) => hasCode(error, 'name_malformed'),
  )
  assert.throws(
    () => buildName([{ type: 'countryName', value: 'é' }]),
    (error) => hasCode(error, 'string_malformed'),
  )
  assert.throws(
    () => parseName(fromHex('30023100')),
    (error) => hasCode(error, 'name_malformed'),
  )
  assert.throws(() => parseName(fromHex('3011310f300d06035504030c0661006200 6300'.replace(' ', ''))), isPkiError)
})

test('comparison ignores case, runs of space and string type, and nothing else', () => {
  assert.ok(sameName(cn('La  Poste '), cn('LA POSTE', 'PrintableString')))
  assert.ok(sameName(cn('Élan'), cn('ÉLAN', 'BMPString')))
  assert.ok(sameName(cn('e\u0301lan'), cn('élan')))
  assert.equal(sameName(cn('Elan'), cn('Élan')), false)
  assert.equal(sameName(cn('a b'), cn('ab')), false)
  assert.equal(sameName(cn('a'), buildName([{ type: 'organizationName', value: 'a' }])), false)
})

test('marks by the thousand on one letter are compared as they stand, not sorted', () => {
  const below = '\u0315'
  const above = '\u0300'
  const [few, many] = [10, 20_000]
  // The same text in another order, until there are more marks than any language has.
  const same = (count: number, mark: string): boolean =>
    sameName(cn(`a${(mark + above).repeat(count)}`), cn(`a${mark.repeat(count)}${above.repeat(count)}`))
  assert.equal(same(few, below), true)
  for (const mark of [below, '\uff9e']) assert.equal(same(many, mark), false)
  assert.ok(sameName(cn(`A${below.repeat(many)}`), cn(`a${below.repeat(many)}`)))
})

test('attributes of one step may stand in any order, steps may not', () => {
  const a = sequence(oid('2.5.4.3'), string('UTF8String', 'a'))
  const b = sequence(oid('2.5.4.5'), string('PrintableString', 'b'))
  const joined = parseName(sequence(setOf(a, b)))
  const upper = sequence(oid('2.5.4.3'), string('UTF8String', 'A'))
  assert.ok(sameName(joined, parseName(sequence(setOf(b, upper)))))
  assert.equal(sameName(parseName(sequence(setOf(a), setOf(b))), parseName(sequence(setOf(b), setOf(a)))), false)
  assert.equal(sameName(joined, parseName(sequence(setOf(a), setOf(b)))), false)
})

test('a subtree is matched from its root, never from the middle', () => {
  const [fr, o, n] = [
    { type: 'countryName', value: 'FR' },
    { type: 'organizationName', value: 'Poste' },
    { type: 'commonName', value: 'x' },
  ] as const
  assert.ok(isWithin(buildName([fr, o, n]), buildName([fr, o])))
  assert.ok(isWithin(buildName([fr, o]), buildName([fr, o])))
  assert.equal(isWithin(buildName([n, fr, o]), buildName([fr, o])), false)
  assert.equal(isWithin(buildName([fr]), buildName([fr, o])), false)
})

test('a name with hostile type names stays data', () => {
  const name = buildName([{ oid: '2.5.4.999', value: '__proto__' }])
  assert.equal(name.rdns[0]![0]!.value, '__proto__')
  assert.equal(({} as Record<string, unknown>).value, undefined)
})
