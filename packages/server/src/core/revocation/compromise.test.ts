import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  applicantOwner,
  OWNER_RULES,
  type OwnerKind,
  type OwnerRules,
  organisationOwner,
  personOwner,
  THE_DESK,
} from '../owner.ts'
import { ownerMarks } from './compromise.ts'

test('owners are marked as their kind says, also those of a kind that is added', () => {
  const added: Record<string, OwnerRules> = { account: { party: 'each', isMarked: true } }
  Object.assign(OWNER_RULES, added)
  const all = [applicantOwner('a'), organisationOwner('a'), personOwner('a'), THE_DESK]
  const marks = [...all, { kind: 'account' as OwnerKind, id: 'a' }].flatMap(ownerMarks)
  assert.deepEqual(
    marks.map(({ kind, value }) => `${kind} ${value}`),
    ['applicant a', 'person a', 'account a'],
  )
})
