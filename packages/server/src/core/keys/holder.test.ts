import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicantOwner, type OwnerKind, organisationOwner, personOwner, THE_DESK } from '../owner.ts'
import { type Holder, holderFor, isSameHolder, isSameParty } from './holder.ts'

const ANN = applicantOwner('ann')
const SUBJECT = { organisation: 'post', subjectKey: 'ws-a' }

test('a key is one subject’s of one applicant of one organisation, or of one organisation or one of its services, one person’s, or the desk’s', () => {
  const all: readonly Holder[] = [
    holderFor(ANN, SUBJECT),
    holderFor(ANN, { ...SUBJECT, organisation: 'bank' }),
    holderFor(ANN, { ...SUBJECT, subjectKey: 'ws-b' }),
    holderFor(applicantOwner('bob'), SUBJECT),
    holderFor(organisationOwner('post'), SUBJECT),
    holderFor(organisationOwner('post'), { ...SUBJECT, subjectKey: 'ws-b' }),
    holderFor(organisationOwner('post', 'mail'), SUBJECT),
    holderFor(organisationOwner('post', 'parcels'), SUBJECT),
    holderFor(personOwner('ann'), SUBJECT),
    holderFor(personOwner('bob'), SUBJECT),
    holderFor(THE_DESK, SUBJECT),
  ]
  for (const one of all) {
    assert.deepEqual(
      all.filter((other) => isSameHolder(one, structuredClone(other))),
      [one],
    )
  }
})

test('what the certificate of a person or of the desk says does not make its key another holder’s', () => {
  for (const owner of [personOwner('ann'), THE_DESK]) {
    assert.ok(isSameHolder(holderFor(owner, SUBJECT), holderFor(owner, { subjectKey: 'another' })))
  }
})

test('who has shown that they hold a key is told apart by what they are, applicants by their key, organisations by their id and service', () => {
  const all = [
    ANN,
    applicantOwner('person'),
    organisationOwner('ann'),
    organisationOwner('bob'),
    organisationOwner('bob', 'mail'),
    organisationOwner('bob', 'parcels'),
    personOwner('ann'),
    THE_DESK,
  ]
  for (const one of all) {
    assert.deepEqual(
      all.filter((other) => isSameParty(one, { ...other })),
      [one],
    )
  }
  assert.ok(isSameParty(personOwner('ann'), personOwner('bob')))
})

test('owners of a kind that is none of today’s are told apart, one from the other and from all others, each with a key for one subject', () => {
  const account = (id: string) => ({ kind: 'account' as OwnerKind, id })
  const [one, other] = [account('a'), account('b')]
  assert.ok(isSameParty(one, account('a')))
  for (const another of [other, applicantOwner('a'), personOwner('a'), THE_DESK]) {
    assert.ok(!isSameParty(one, another), another.kind)
  }
  assert.ok(!isSameHolder(holderFor(one, SUBJECT), holderFor(one, { ...SUBJECT, subjectKey: 'ws-b' })))
})
