import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '@scel/contract/values'
import { faultsOf, grantFaultsOf, grantOf, linkOf, type PersonForm, personOf } from './model.ts'

const form: PersonForm = {
  name: 'Ana',
  email: 'ana@example.org',
  role: 'auditor',
  organisation: 'x',
  service: '',
  until: '',
  language: 'fr',
}

test('a manager needs an organisation, and only a manager sends one', () => {
  assert.deepEqual(faultsOf({ ...form, role: 'manager', organisation: '' }), { organisation: true })
  assert.deepEqual(faultsOf({ ...form, role: 'manager' }, false), { service: true })
  assert.deepEqual(faultsOf(form, false), {})
  assert.equal('organisation' in personOf(form), false)
  assert.equal(personOf({ ...form, role: 'manager' }).organisation, 'x')
  assert.equal('service' in personOf({ ...form, role: 'manager' }), false)
  assert.equal(personOf({ ...form, role: 'manager', service: 'mail' }).service, 'mail')
  assert.equal('service' in personOf({ ...form, service: 'mail' }), false)
})

test('name and e-mail are asked for, spaces around them are not', () => {
  assert.deepEqual(faultsOf({ ...form, name: ' ', email: 'ana' }), { name: true, email: true })
  assert.equal(personOf({ ...form, email: ' ana@example.org ' }).email, 'ana@example.org')
})

test('a link is open until its time, and none once the person is disabled', () => {
  const person = { state: 'invited', invitation: { expiresAt: '2025-01-02T00:00:00.000Z' } } as Person
  assert.equal(linkOf(person, Date.parse('2025-01-01T00:00:00Z')), 'open')
  assert.equal(linkOf(person, Date.parse('2025-01-03T00:00:00Z')), 'expired')
  assert.equal(linkOf({ ...person, state: 'disabled' }, 0), 'none')
})

test('a last day is today or later, and whole; without one there is no end', () => {
  const now = new Date(2026, 5, 9, 23, 30)
  const role = { role: 'auditor', organisation: '', service: '' } as const
  assert.deepEqual(grantFaultsOf({ ...role, until: '2026-06-08' }, true, now), { until: true })
  for (const until of ['', '2026-06-09', '2027-01-01'])
    assert.deepEqual(grantFaultsOf({ ...role, until }, true, now), {})
  assert.deepEqual(grantOf({ ...role, until: '' }), { role: 'auditor' })
  const until = new Date(2026, 5, 9, 23, 59, 59, 999).toISOString()
  assert.deepEqual(grantOf({ ...role, until: '2026-06-09' }), { role: 'auditor', until })
})
