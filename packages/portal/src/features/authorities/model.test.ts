import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Authority } from '@scel/contract/values'
import { ceremonyWords, crlState, derOf, hierarchyOf } from './model.ts'

const authority = (id: string, parent?: string) => ({ id, ...(parent ? { parent } : {}) }) as Authority

test('authorities hang from their parents, in the order of the list', () => {
  const [root, ...others] = hierarchyOf([authority('root'), authority('machines', 'root'), authority('people', 'root')])
  assert.equal(root?.authority.id, 'root')
  assert.deepEqual(
    root?.below.map(({ authority: { id } }) => id),
    ['machines', 'people'],
  )
  assert.deepEqual(others, [])
})

test('one without a known parent is still shown, and a circle ends', () => {
  assert.equal(hierarchyOf([authority('a', 'elsewhere')]).length, 1)
  assert.equal(hierarchyOf([authority('a', 'a')]).length, 1)
})

test('a revocation list is late once its next one is due', () => {
  const crl = { number: 1, thisUpdate: '', nextUpdate: '2025-01-08T00:00:00.000Z', entries: 0, address: '' }
  assert.equal(crlState(undefined, 0), 'none')
  assert.equal(crlState(crl, Date.parse('2025-01-07T00:00:00Z')), 'current')
  assert.equal(crlState(crl, Date.parse('2025-01-09T00:00:00Z')), 'late')
})

test('what waits for the root is said by what it is, and by whether it is late', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  const [before, after] = ['2025-12-31T00:00:00.000Z', '2026-01-20T00:00:00.000Z'] as const
  assert.deepEqual(
    [
      ceremonyWords({ what: 'list', until: after }, now),
      ceremonyWords({ what: 'list', until: before }, now),
      ceremonyWords({ what: 'list' }, now),
      ceremonyWords({ what: 'authority', until: after }, now),
      ceremonyWords({ what: 'authority' }, now),
    ].map(({ words, overdue }) => `${words.replace('authorities.ceremony', '')} ${overdue}`),
    ['List false', 'List true', 'ListNone false', 'Ending false', 'Authority false'],
  )
})

test('DER comes out of its PEM', () => {
  assert.deepEqual([...derOf('-----BEGIN X-----\nMAMC\nAQU=\n-----END X-----\n')], [0x30, 3, 2, 1, 5])
})
