import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressKey, addressKeys } from './mail-address.ts'

test('an address is one, whether its domain is written in letters or in A-labels', () => {
  for (const [one, other] of [
    ['Ana@École.fr', 'ana@xn--cole-9oa.fr'],
    ['ana@XN--COLE-9OA.fr.', 'ana@école.fr'],
    ['ana@ｅｘａｍｐｌｅ.org', 'ana@example.org'],
    ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ] as const) {
    assert.equal(addressKey(one), addressKey(other))
  }
  assert.notEqual(addressKey('ana@école.fr'), addressKey('ana@ecole.fr'))
  assert.equal(addressKey('École@école.fr'), 'école@xn--cole-9oa.fr', 'before the sign there are no labels')
  for (const odd of ['', 'ana', '@', 'ana@', 'ana@[192.0.2.1]', 'ana@a b']) assert.equal(addressKey(odd), odd)
})

test('rows of before are found under the key that they have', () => {
  for (const email of ['Ana@École.fr', 'ana@xn--cole-9oa.fr']) {
    assert.deepEqual([...addressKeys(email)].sort(), ['ana@xn--cole-9oa.fr', 'ana@école.fr'])
  }
  assert.deepEqual(addressKeys('Ana@example.org'), ['ana@example.org'])
})
