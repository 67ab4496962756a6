import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { createOrganisation, getRequest, listRequests, submitRequest } from '@scel/contract/routes'
import { Type } from 'typebox'
import { inputCheck } from './check-input.ts'

function faultOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (hasDeskCode(error, 'input_invalid')) return `${error.facts.where} ${error.facts.what}`
    throw error
  }
  return ''
}

test('text of an address becomes numbers in their one plain form only', () => {
  const check = inputCheck(getRequest.params, 'path')
  assert.deepEqual(check({ number: '12' }), { number: 12 })
  for (const number of ['012', '1e3', '0x10', ' 7', '7 ', '+7', '1.0', '', '9'.repeat(20), '-1']) {
    assert.match(
      faultOf(() => check({ number })),
      /^path\/number/,
      number,
    )
  }
  assert.equal(
    faultOf(() => check({ number: '0' })),
    'path/number too_small',
  )
})

test('what was not given has its default', () => {
  assert.deepEqual(inputCheck(listRequests.query, 'query')({}), { size: 50 })
})

test('a repeated parameter, an unknown one and a wrong choice are refused by name', () => {
  const check = inputCheck(listRequests.query, 'query')
  assert.equal(
    faultOf(() => check({ search: ['a', 'b'] })),
    'query/search wrong_type',
  )
  assert.equal(
    faultOf(() => check({ staet: 'pending' })),
    'query/staet unknown_field',
  )
  assert.equal(
    faultOf(() => check({ state: 'maybe' })),
    'query/state not_a_choice',
  )
  assert.equal(
    faultOf(() => check({ size: '201' })),
    'query/size too_large',
  )
})

test('a body says which field is wrong, however deep', () => {
  const check = inputCheck(submitRequest.body, 'body')
  const kit = { id: 'A'.repeat(22), secret: 'B'.repeat(43), rules: '0'.repeat(64) }
  assert.equal(
    faultOf(() => check({ kit, csr: 'x', machine: {}, contact: {}, extra: 1 })),
    'body/extra unknown_field',
  )
  assert.equal(
    faultOf(() => check({ kit: { ...kit, uses: 9 } })),
    'body/kit/uses unknown_field',
  )
  assert.match(
    faultOf(() => check({ kit })),
    /^body\/csr missing/,
  )
  assert.equal(
    faultOf(() => check(undefined)),
    'body wrong_type',
  )
  assert.equal(
    faultOf(() => check([])),
    'body wrong_type',
  )
})

test('control characters and letters that turn the line round are refused', () => {
  const check = inputCheck(createOrganisation.body, 'body')
  for (const name of ['a\u0000b', 'a\nb', 'a\u202eb', '']) {
    assert.match(
      faultOf(() => check({ code: 'J1CFRA', name, country: 'FR' })),
      /^body\/name/,
      JSON.stringify(name),
    )
  }
})

test('a name of every object is a field like any other', () => {
  const check = inputCheck(createOrganisation.body, 'body')
  const body = { code: 'J1CFRA', name: 'x', country: 'FR' }
  assert.equal(
    faultOf(() => check({ ...body, constructor: 1 })),
    'body/constructor unknown_field',
  )
  assert.equal(
    faultOf(() => check({ ...body, hasOwnProperty: 1 })),
    'body/hasOwnProperty unknown_field',
  )
})

test('what stands in an address stays text unless its field is a number or a boolean, and a list is neither', () => {
  const schema = Type.Object({
    number: Type.Integer(),
    flag: Type.Boolean(),
    word: Type.String({ maxLength: 9 }),
  })
  const check = inputCheck(schema, 'query')
  assert.deepEqual(check({ number: '12', flag: 'true', word: '12' }), { number: 12, flag: true, word: '12' })
  assert.deepEqual(check({ number: '0', flag: 'false', word: 'true' }), { number: 0, flag: false, word: 'true' })
  for (const wrong of [
    { number: ['12'] },
    { flag: 'yes' },
    { flag: '1' },
    { flag: '' },
    { flag: ['true'] },
    { number: 'true' },
  ]) {
    const [field] = Object.keys(wrong)
    assert.equal(
      faultOf(() => check({ number: '1', flag: 'true', word: '', ...wrong })),
      `query/${field} wrong_type`,
      JSON.stringify(wrong),
    )
  }
})

test('an unknown field in an item of a list is refused by its place', () => {
  const item = Type.Object({ name: Type.String({ maxLength: 9 }) })
  const check = inputCheck(Type.Object({ items: Type.Array(item, { maxItems: 3 }) }), 'body')
  assert.ok(check({ items: [{ name: 'a' }, { name: 'b' }] }))
  assert.equal(
    faultOf(() => check({ items: [{ name: 'a' }, { name: 'b', role: 'administrator' }] })),
    'body/items/1/role unknown_field',
  )
  assert.equal(
    faultOf(() => check({ items: { 0: { name: 'a' } } })),
    'body/items wrong_type',
  )
})
