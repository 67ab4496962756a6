import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicantOwner, isSameOwner, personOwner, THE_DESK } from './owner.ts'

test('an owner is told by kind and id together', () => {
  const all = [applicantOwner('ann'), applicantOwner('bob'), personOwner('ann'), personOwner('desk'), THE_DESK]
  for (const one of all) {
    assert.deepEqual(
      all.filter((other) => isSameOwner(one, { ...other })),
      [one],
    )
  }
})
