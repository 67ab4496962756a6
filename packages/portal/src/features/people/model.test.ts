import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '@scel/contract/values'
import { faultsOf, linkOf, type PersonForm, personOf } from './model.ts'

const form: PersonForm = { name: 'Ana', email: 'ana@example.org', role: 'auditor', organisation: 'x', language: 'fr' }

test('a manager needs an organisation, and only a manager sends one', () => {
  assert.deepEqual(faultsOf({ ...form, role: 'manager', organisation: '' }), { organisation: true })
  assert.equal('organisation' in personOf(form), false)
  assert.equal(personOf({ ...form, role: 'manager' }).organisation, 'x')
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
