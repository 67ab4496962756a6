import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeskError } from '@scel/contract/errors'
import { refused } from '../../../test/rules-desk.ts'
import { createFollowing } from '../followers.ts'
import { applicantOwner, type Owner, personOwner, THE_DESK } from '../owner.ts'
import type { Work } from '../work.ts'
import { endCompromised } from './end-compromised.ts'

const WORLD = { now: () => new Date(), elapsed: () => 0, random: () => new Uint8Array() }

interface Left {
  readonly key: string
  readonly owner: Owner
}
const THREE: readonly Left[] = ['a', 'b', 'c'].map((key) => ({ key, owner: applicantOwner('ann') }))

/** A start that finds these compromised keys, the second of which comes to grief like this. */
async function startWith(fault: Error | undefined, left = THREE) {
  const reports: unknown[] = []
  let units = 0
  const work = {
    read: async (run: (stores: unknown) => unknown) =>
      run({ revocations: { compromisedWithOthers: async () => left } }),
    transaction: async () => {
      if (++units === 2 && fault) throw fault
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

test('whoever has shown that they hold a compromised key is a unit of their own, once; people are one, whoever they are', async () => {
  const owners = [applicantOwner('ann'), applicantOwner('bob'), personOwner('ann'), personOwner('bob'), THE_DESK]
  const left = [...owners, ...owners].map((owner) => ({ key: 'a', owner }))
  assert.equal((await startWith(undefined, left)).units(), 4)
})
