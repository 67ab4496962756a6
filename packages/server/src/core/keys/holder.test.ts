import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Holder, isSameHolder, isSameParty, type Party } from './holder.ts'

const MACHINE = { kind: 'machine', organisation: 'post', subjectKey: 'ws-a', applicant: 'ann' } as const

test('a key is one subject’s of one applicant of one organisation, one person’s, or the desk’s', () => {
  const all: readonly Holder[] = [
    MACHINE,
    { ...MACHINE, organisation: 'bank' },
    { ...MACHINE, subjectKey: 'ws-b' },
    { ...MACHINE, applicant: 'bob' },
    { kind: 'person', person: 'ann' },
    { kind: 'person', person: 'bob' },
    { kind: 'desk' },
  ]
  for (const one of all) {
    assert.deepEqual(
      all.filter((other) => isSameHolder(one, { ...other })),
      [one],
    )
  }
})

test('who has shown that they hold a key is told apart by what they are, and machines by their applicant alone', () => {
  const all: readonly Party[] = [MACHINE, { kind: 'machine', applicant: 'bob' }, { kind: 'person' }, { kind: 'desk' }]
  for (const one of all) {
    assert.deepEqual(
      all.filter((other) => isSameParty(one, { ...other })),
      [one],
    )
  }
  assert.ok(isSameParty(MACHINE, { ...MACHINE, organisation: 'bank', subjectKey: 'ws-b' } as Party))
})
