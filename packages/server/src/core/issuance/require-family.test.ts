import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profiles } from '../../../test/rules-desk.ts'
import { applicantOwner, type OwnerKind } from '../owner.ts'
import { createIssuance } from './issuance.ts'
import { requireFamily } from './require-family.ts'

const taken = (kind: OwnerKind): string[] =>
  profiles().all.flatMap((profile) => {
    try {
      requireFamily({ kind }, profile)
      return [profile.name]
    } catch {
      return []
    }
  })

test('each kind of owner is issued certificates by profiles of its own families and by no other', () => {
  assert.deepEqual(taken('applicant'), ['server', 'workstation'])
  assert.deepEqual(taken('organisation'), ['server', 'workstation'])
  assert.deepEqual(taken('person'), ['person'])
  assert.deepEqual(taken('desk'), ['desk-statement', 'desk-tls', 'ocsp-responder', 'time-stamping'])
})

test('issuance prepares nothing for an applicant by a profile of the desk, whoever let it through', async () => {
  // Refused before anything else is looked at, so that there need be nothing else.
  const { prepare } = createIssuance({} as never)
  const order = { owner: applicantOwner('a'), request: 1, profile: profiles().own['ocsp-responder'] }
  await assert.rejects(prepare(order as never), /profile ocsp-responder is of family desk/)
})
