import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '@scel/contract/values'
import { byWeight, highest, isUnsigned, newerThan, parseRequestSearch } from './model.ts'

test('the address gives known filters and drops the rest', () => {
  assert.deepEqual(parseRequestSearch({ search: 42, state: 'pending', profile: 'No Robot', page: 3 }), {
    search: '42',
    state: 'pending',
  })
  assert.deepEqual(parseRequestSearch({ state: 'burnt', search: '' }), {})
})

test('warnings come first, and equals keep their order', () => {
  const finding = (code: Finding['code'], level: Finding['level']): Finding => ({ code, level, facts: {}, says: '' })
  const sorted = byWeight([
    finding('possession_proved', 'good'),
    finding('usage_not_granted', 'notice'),
    finding('subject_revoked_before', 'warning'),
    finding('key_allowed', 'good'),
  ])
  assert.deepEqual(
    sorted.map(({ code }) => code),
    ['subject_revoked_before', 'usage_not_granted', 'possession_proved', 'key_allowed'],
  )
})

test('new is what was not there when the list was opened', () => {
  assert.deepEqual(newerThan(undefined, [3, 2, 1]), [])
  assert.deepEqual(newerThan(2, [4, 3, 2, 1]), [4, 3])
  assert.equal(highest([2, 7, 5]), 7)
  assert.equal(highest([]), 0)
})

test('approved without a certificate is not signed yet', () => {
  const certificate = { id: 'x', serial: '01', notAfter: '2027-01-01T00:00:00.000Z' }
  assert.equal(isUnsigned({ state: 'approved' }), true)
  assert.equal(isUnsigned({ state: 'approved', certificate }), false)
  assert.equal(isUnsigned({ state: 'pending' }), false)
})
