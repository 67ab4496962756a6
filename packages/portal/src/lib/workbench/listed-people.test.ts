import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Recipient } from '@scel/contract/values'
import { listedPeople } from './listed-people.ts'

const line = (name: string, email: string, id: string, organisation?: string): Recipient => ({
  ...{
    name,
    addresses: [email],
    ...(organisation && { organisation: { id: organisation, code: organisation, name: organisation } }),
  },
  certificate: {
    ...{ id, subject: `CN=${name}`, serial: id, fingerprint: id, key: 'ec-p256', issuer: { id: 'ca', name: 'CA' } },
    ...{ notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z', pem: '' },
  },
})

test('whoever has a certificate on each of several computers is one person; of one name two may be', () => {
  const lines = [
    line('Ada', 'ada@x.example', '1', 'Post'),
    line('Bea', 'bea@x.example', '2'),
    line('Ada', 'Ada@X.example', '3', 'Post'),
    line('Ada', 'other@x.example', '4', 'Bank'),
  ]
  const people = listedPeople(lines)
  assert.deepEqual(
    people.map(({ name, addresses, organisations, lines: own }) => [name, addresses[0], organisations, own.length]),
    [
      ['Ada', 'ada@x.example', ['Post'], 2],
      ['Bea', 'bea@x.example', [], 1],
      ['Ada', 'other@x.example', ['Bank'], 1],
    ],
  )
  assert.equal(new Set(people.map(({ key }) => key)).size, 3)
})
