import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskRecord } from './desk-record.ts'
import { LONGEST_WORD, serverRoots } from './word-age.ts'

const SAID = '2026-03-01T00:00:00.000Z'
const record = (environment: DeskRecord['environment'], inUse: string, ofEnvironment = 'A') =>
  ({ environment, roots: { desk: inUse, tls: '', environment: ofEnvironment }, saidAt: SAID }) as unknown as DeskRecord
const after = (days: number) => new Date(Date.parse(SAID) + days * 86_400_000)

test('a word is believed for 14 days about the roots of servers', () => {
  assert.equal(LONGEST_WORD, 14 * 86_400_000)
  for (const one of [record('production', 'B'), record('test', 'A'), record('test', 'B')]) {
    assert.deepEqual(serverRoots(one, after(14)), [one.roots.desk])
    assert.deepEqual(serverRoots(one, new Date(after(14).getTime() + 1)), [])
  }
})

test('only production’s root is the desk’s id, which outlives every word: test’s is no more than what was said', () => {
  assert.deepEqual(serverRoots(record('production', 'A\n', 'A'), after(400)), ['A\n'])
  assert.deepEqual(serverRoots(record('test', 'A', 'A'), after(400)), [])
})
