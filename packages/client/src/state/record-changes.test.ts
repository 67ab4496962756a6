import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskWord } from '@scel/contract/kit'
import { recordOfWord, withRoot, withWord } from './record-changes.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const at = (hours: number): Date => new Date(NOW + hours * HOUR)

const ROOTS = { production: 'P', test: 'T', desk: 'P', tls: 'P' }
const said = (name: string, when: Date): DeskWord => ({
  format: 'scel-desk/1',
  id: 'ab'.repeat(32),
  name,
  services: { portal: 'https://desk.example', mutual: 'https://desk.example:8444', public: 'http://desk.example:8080' },
  roots: ROOTS,
  saidAt: when.toISOString(),
})

test('a word said under a clock that was ahead (or by whoever wants the last one) gives way to the next that is said', () => {
  const ahead = recordOfWord(said('Ahead', at(23)), 'production', undefined, at(0))
  assert.equal(ahead.saidAt, at(0).toISOString(), 'as heard here')
  assert.equal(withWord(ahead, said('Right', at(1)), at(1.5)).desk.name, 'Right')
  const again = withWord(ahead, said('Ahead', at(24)), at(1))
  assert.equal(withWord(again, said('Right', at(1.5)), at(2)).desk.name, 'Right')
})

test('an older word changes nothing', () => {
  const present = recordOfWord(said('Now', at(0)), 'production', undefined, at(0.1))
  assert.equal(withWord(present, said('Before', at(-1)), at(0.2)), present)
  assert.equal(present.saidAt, at(0).toISOString())
})

const there = (name: string, hours: number): DeskWord => {
  const word = said(name, at(hours))
  return { ...word, services: { ...word.services, portal: `https://${name}.example` } }
}

test('however often a desk is said to be elsewhere, where it was first is not forgotten; nor is any place once it is back', () => {
  let record = recordOfWord(there('old', 0), 'production', undefined, at(0))
  record = withWord(record, there('real', 1), at(1))
  for (let n = 1; n < 20; n++) record = withWord(record, there(`thief${n}`, 1 + n / 20), at(1 + n / 20))
  assert.deepEqual(record.places?.slice(0, 2), ['https://old.example', 'https://real.example'])
  assert.equal(record.places?.length, 8)
  const places = record.places
  record = withWord(record, there('real', 3), at(3))
  assert.deepEqual([record.desk.services.portal, record.places], ['https://real.example', places])
})

test('a word that has the desk back where it was before does not make the place forgotten that it is at', () => {
  let record = recordOfWord(there('former', 0), 'production', undefined, at(0))
  record = withWord(record, there('real', 1), at(1))
  record = withWord(record, there('former', 2), at(2))
  assert.deepEqual(record.places, ['https://former.example', 'https://real.example'])
  for (let n = 3; n < 40; n++) record = withWord(record, there(n % 2 ? 'former' : `thief${n}`, n), at(n))
  assert.deepEqual(record.places?.slice(0, 2), ['https://former.example', 'https://real.example'])
})

test('with eight places, the first gives way to one where the desk was for weeks, and to no other', () => {
  let record = recordOfWord(there('p0', 0), 'production', undefined, at(0))
  for (let n = 1; n < 9; n++) record = withWord(record, there(`p${n}`, n), at(n))
  const full = record.places
  record = withWord(record, there('thief', 9), at(9))
  assert.deepEqual(record.places, full)
  const weeks = 24 * 30
  for (let n = 10; n < weeks; n += 24) record = withWord(record, there('p8', n), at(n))
  record = withWord(record, there('p9', weeks), at(weeks))
  assert.deepEqual(record.places, [...(full ?? []).slice(1), 'https://p8.example'])
})

test('the root of a test environment is the one heard first, whatever is said later, until a person has compared another', () => {
  const other = (hours: number): DeskWord => ({
    ...said('Desk', at(hours)),
    roots: { ...ROOTS, test: 'T2', production: 'P' },
  })
  const first = recordOfWord(said('Desk', at(0)), 'test', undefined, at(0))
  const second = withWord(first, other(1), at(1))
  assert.deepEqual(second.roots, { ...first.roots, said: 'T2' })
  assert.deepEqual(withWord(second, said('Desk', at(2)), at(2)).roots, first.roots)
  assert.deepEqual(withWord(withRoot(second, 'T2'), other(2), at(2)).roots, { ...first.roots, environment: 'T2' })
})
