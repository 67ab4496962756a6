import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeskError } from '@scel/contract/errors'
import { refused } from '../../../test/rules-desk.ts'
import { createFollowing } from '../followers.ts'
import type { Work } from '../work.ts'
import { endCompromised } from './end-compromised.ts'

const WORLD = { now: () => new Date(), elapsed: () => 0, random: () => new Uint8Array() }

/** A start that finds three compromised keys, the second of which comes to grief like this. */
async function startWith(fault: Error) {
  const left = ['a', 'b', 'c'].map((key) => ({ key, applicant: 'ann' }))
  const reports: unknown[] = []
  let units = 0
  const work = {
    read: async (run: (stores: unknown) => unknown) =>
      run({ revocations: { compromisedWithOthers: async () => left } }),
    transaction: async () => {
      if (++units === 2) throw fault
    },
  } as unknown as Work
  const ended = endCompromised({
    work,
    world: WORLD,
    revoker: createFollowing().revoker,
    report: (_, error) => void reports.push(error),
  })
  return {
    ended: await ended.then(
      () => 'ended',
      (error: unknown) => error,
    ),
    reports,
    units: () => units,
  }
}

test('a database that goes away ends the start; a row that nobody can read is told, and keeps no other key', async () => {
  const unreadable = new Error('no certificate')
  const one = await startWith(unreadable)
  assert.deepEqual([one.ended, one.reports, one.units()], ['ended', [unreadable], 3])
  const away = await startWith(new DeskError('storage_unavailable', {}))
  assert.ok(refused('storage_unavailable')(away.ended))
  assert.deepEqual([away.reports, away.units()], [[], 2])
})
