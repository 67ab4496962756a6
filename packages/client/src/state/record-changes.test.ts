import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskWord } from '@scel/contract/kit'
import { recordOfWord, withWord } from './record-changes.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const at = (hours: number): Date => new Date(NOW + hours * HOUR)

const said = (name: string, when: Date): DeskWord => ({
  format: 'scel-desk/1',
  id: 'ab'.repeat(32),
  name,
  services: { portal: 'https://desk.example', mutual: 'https://desk.example:8444', public: 'http://desk.example:8080' },
  roots: { production: 'P', test: 'T', desk: 'P', tls: 'P' },
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

test('however often a desk is said to be elsewhere, where it was first is not forgotten; back there, it has left the other places', () => {
  const there = (name: string, hours: number): DeskWord => {
    const word = said(name, at(hours))
    return { ...word, services: { ...word.services, portal: `https://${name}.example` } }
  }
  let record = recordOfWord(there('old', 0), 'production', undefined, at(0))
  record = withWord(record, there('real', 1), at(1))
  for (let n = 1; n < 20; n++) record = withWord(record, there(`thief${n}`, 1 + n / 20), at(1 + n / 20))
  assert.deepEqual(record.places?.slice(0, 2), ['https://old.example', 'https://real.example'])
  assert.equal(record.places?.length, 8)
  record = withWord(record, there('real', 3), at(3))
  assert.deepEqual([record.desk.services.portal, record.places], ['https://real.example', ['https://old.example']])
})
