import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCertificateSearch, validityOf } from './model.ts'

const year = { notBefore: '2025-01-01T00:00:00.000Z', notAfter: '2025-12-31T23:59:59.000Z', status: 'valid' } as const
const at = (text: string) => Date.parse(text)

test('in the middle of its time a certificate is good, and says how many days are left', () => {
  const { passed, tone, state } = validityOf(year, at('2025-07-02T12:00:00Z'))
  assert.ok(passed > 0.49 && passed < 0.51)
  assert.equal(tone, 'good')
  assert.deepEqual(state, { kind: 'left', days: 182 })
})

test('its last 30 days deserve notice, or its last tenth when that is shorter', () => {
  assert.equal(validityOf(year, at('2025-12-10T00:00:00Z')).tone, 'notice')
  const month = { ...year, notAfter: '2025-01-31T00:00:00.000Z' }
  assert.equal(validityOf(month, at('2025-01-20T00:00:00Z')).tone, 'good')
  assert.equal(validityOf(month, at('2025-01-29T00:00:00Z')).tone, 'notice')
})

test('before and after its time it is neither', () => {
  assert.deepEqual(validityOf(year, at('2024-12-31T00:00:00Z')).state, { kind: 'not-yet' })
  assert.deepEqual(validityOf(year, at('2026-01-03T00:00:00Z')).state, { kind: 'expired', days: 2 })
})

test('revoked stays bad whatever the time', () => {
  for (const now of ['2024-01-01', '2025-06-01', '2027-01-01']) {
    assert.equal(validityOf({ ...year, status: 'revoked' }, at(now)).tone, 'bad')
  }
})

test('the address gives known filters and drops the rest', () => {
  assert.deepEqual(parseCertificateSearch({ search: 1234, status: 'valid', profile: 'toString' }), {
    search: '1234',
    status: 'valid',
  })
})
