import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicantOwner, personOwner, THE_DESK } from '../../core/owner.ts'
import { type OwnerColumns, ownerOf, ownerRow } from './owner-columns.ts'

test('owners are read back as written', () => {
  for (const owner of [applicantOwner('ann'), personOwner('ann'), THE_DESK])
    assert.deepEqual(ownerOf(ownerRow(owner)), owner)
})

test('a row that somebody wrote over is the desk’s, and stops nothing that reads it', () => {
  for (const row of [
    { owner_kind: '', owner_id: '' },
    { owner_kind: 'constructor', owner_id: 'ann' },
    { owner_kind: 'desk', owner_id: 'ann' },
  ])
    assert.deepEqual(ownerOf(row as OwnerColumns), THE_DESK)
})
