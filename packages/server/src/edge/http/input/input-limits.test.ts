import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KitFile } from '@scel/contract/kit'
import { submitRequest } from '@scel/contract/routes'
import { type TSchema, Type } from 'typebox'
import { INPUTS, ROUTES } from '../../../testing/contract-places.ts'
import { inputCheck } from './check-input.ts'
import { excessOf, limitsOf } from './input-limits.ts'

test('every text and every list that a call or a kit may hold has a limit', () => {
  const inputs = Object.entries(ROUTES).flatMap(([name, route]) =>
    INPUTS.flatMap((part) => (route[part] ? [[`${name} ${part}`, route[part]] as const] : [])),
  )
  assert.ok(inputs.length > 30)
  for (const [name, schema] of [...inputs, ['kit file', KitFile] as const]) limitsOf(schema, name)
})

test('a schema that leaves a place without a limit, or with two, makes no route', () => {
  const text = (maxLength: number): TSchema => Type.String({ maxLength })
  for (const [schema, why] of [
    [Type.Object({ a: Type.String() }), /body\/a: a text without maxLength/],
    [Type.Object({ a: Type.String({ pattern: '^x$', format: 'date' }) }), /without maxLength/],
    [Type.Object({ a: Type.Array(text(1)) }), /body\/a: a list without maxItems/],
    [Type.Object({ a: Type.Array(Type.Array(Type.Integer()), { maxItems: 1 }) }), /body\/a\/\*: a list without/],
    [Type.Object({ a: Type.Record(Type.String(), text(1)) }), /body\/a: fields of any name/],
    [Type.Object({ a: Type.Unknown() }), /body\/a: a place for anything/],
    [Type.Object({ a: Type.Optional(Type.Union([text(3), Type.String()])) }), /body\/a: a text without/],
    [Type.Union([Type.Object({ a: text(1) }), Type.Object({ a: text(2) })]), /body\/a: one place with two limits/],
    [Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({})]), /body\/a: a text without/],
  ] as const) {
    assert.throws(() => inputCheck(schema, 'body'), why)
  }
})

test('C1: a pattern never meets a text that is longer than its limit, nor more items than its list may have', () => {
  const met: number[] = []
  class Spy extends RegExp {
    override test(text: string): boolean {
      met.push(text.length)
      return super.test(text)
    }
  }
  // TypeBox takes an expression where JSON Schema has its text.
  const spied = Type.String({ maxLength: 10, pattern: new Spy('^a*$', 'u') as never })
  const check = inputCheck(
    Type.Object({
      plain: Type.Optional(spied),
      choice: Type.Optional(Type.Union([Type.Literal('x'), spied, Type.Object({ in: spied })])),
      both: Type.Optional(Type.Intersect([Type.Object({ one: spied }), Type.Object({ two: Type.Optional(spied) })])),
      list: Type.Optional(Type.Array(spied, { maxItems: 3 })),
      any: Type.Optional(Type.Record(Type.String(), spied, { maxProperties: 3 })),
    }),
    'body',
  )
  const long = 'a'.repeat(1_000_000)
  const refused = (body: unknown, where: string): void =>
    assert.throws(() => check(body), { code: 'input_invalid', facts: { where, what: 'too_long' } })
  refused({ plain: long }, 'body/plain')
  refused({ plain: 'a', choice: long }, 'body/choice')
  refused({ choice: { in: long } }, 'body/choice/in')
  refused({ both: { one: 'a', two: long } }, 'body/both/two')
  refused({ list: ['a', long] }, 'body/list/1')
  refused({ list: Array(350_000).fill('wrong') }, 'body/list')
  refused({ any: { a: long } }, 'body/any')
  refused({ any: { [long]: 'a' } }, 'body/any')
  refused({ any: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [at, 'a'])) }, 'body/any')
  assert.deepEqual(met, [])
  check({ plain: 'a'.repeat(10), list: ['a', 'a', 'a'] })
  assert.throws(() => check({ plain: 'b' }), { facts: { where: 'body/plain', what: 'wrong_form' } })
  assert.ok(met.length > 0 && met.every((length) => length <= 10))
})

test('a letter beyond the first plane is one letter of the limit, as the schema counts', () => {
  const check = inputCheck(Type.Object({ a: Type.String({ maxLength: 3 }) }), 'body')
  check({ a: '😀😀😀' })
  for (const a of ['😀😀😀😀', 'aaaa', '😀😀aa']) {
    assert.throws(() => check({ a }), { facts: { where: 'body/a', what: 'too_long' } })
  }
})

test('C1: 350,000 wrong MAC addresses are told by their count, and none is looked at', () => {
  const limits = limitsOf(submitRequest.body, 'body')
  const macAddresses = new Proxy(Array(350_000).fill('wrong'), {
    get: (list, name) => (name === 'length' ? list.length : assert.fail(`${String(name)} was read`)),
  })
  assert.equal(excessOf(limits, { machine: { macAddresses } }), '/machine/macAddresses')
})
