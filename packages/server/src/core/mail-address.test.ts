import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressKeys } from './mail-address.ts'

test('rows of before are found under the key that they have', () => {
  for (const email of ['Ana@École.fr', 'ana@xn--cole-9oa.fr']) {
    assert.deepEqual([...addressKeys(email)].sort(), ['ana@xn--cole-9oa.fr', 'ana@école.fr'])
  }
  assert.deepEqual(addressKeys('Ana@example.org'), ['ana@example.org'])
})
