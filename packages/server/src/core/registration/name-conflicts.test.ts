import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HeldByOther } from '../names/name.port.ts'
import { applicantOwner } from '../owner.ts'
import type { Stores } from '../work.ts'
import type { Finding } from './finding.ts'
import { certifiedElsewhere, nameConflicts } from './name-conflicts.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter}.example`)
const ASKER = {
  environment: 'production',
  organisation: 'post',
  profile: 'server',
  subjectKey: 'subject',
  owner: applicantOwner('ours'),
  commonName: NAMES[0]!,
  names: NAMES,
} as const
const POST = { id: 'post', code: 'POST', name: 'Post' }
const SAME = { name: NAMES[0], organisation: POST, profile: 'server', subjectKey: 'subject', applicant: 'theirs' }

const found = (...held: object[]): Promise<Finding[]> => {
  const stores = { names: { heldByOthers: async () => held as HeldByOther[] } } as unknown as Stores
  return nameConflicts(stores, ASKER, '2026-06-01T12:00:00.000Z')
}
const codes = async (...held: object[]) => (await found(...held)).map(({ code }) => code)

test('that the same subject waits elsewhere is told as such and not again by its names; all else is', async () => {
  const request = { number: 7, state: 'pending' }
  assert.deepEqual(await codes({ ...SAME, request }), [])
  for (const other of [
    { organisation: { ...POST, id: 'bank' } },
    { organisation: undefined },
    { profile: 'workstation' },
    { subjectKey: 'other' },
    { request: { ...request, state: 'approved', certificate: 'c' } }, // decided, and not signed yet
  ]) {
    assert.deepEqual(await codes({ ...SAME, request, ...other }), ['name_pending_elsewhere'], JSON.stringify(other))
  }
  const certificate = { id: 'c', serial: '01', notAfter: '2027-01-01T00:00:00.000Z' }
  assert.deepEqual(await codes({ ...SAME, certificate }), ['name_certified_elsewhere'])
  assert.deepEqual(await codes({ ...SAME, certificate, request: { ...request, certificate: 'c' } }), [
    'name_certified_elsewhere',
  ])
})

test('as many as five names are told of one holder, and that there are more', async () => {
  const certificate = { id: 'c', serial: '01', notAfter: '2027-01-01T00:00:00.000Z' }
  const told = async (count: number) =>
    (await found(...NAMES.slice(0, count).map((name) => ({ ...SAME, name, certificate })))).map(
      ({ facts }) => facts.name,
    )
  assert.deepEqual(await told(5), [NAMES.slice(0, 5).join(', ')])
  assert.deepEqual(await told(6), [`${NAMES.slice(0, 5).join(', ')}, …`])
})

test('whose it is is told by the profile that it was asked or certified for', async () => {
  const certificate = { id: 'c', serial: '01', notAfter: '2027-01-01T00:00:00.000Z' }
  for (const profile of ['workstation', 'server', 'desk-tls']) {
    const [one] = await found({ ...SAME, profile, certificate })
    assert.equal(one?.of?.profile, profile)
  }
})

test('what others have certified is what names tell of, decided or issued', () => {
  const of = (code: string, certificate?: string) =>
    ({ code, level: 'warning', facts: {}, ...(certificate ? { of: { certificate } } : {}) }) as unknown as Finding
  const findings = [
    of('name_pending_elsewhere', 'b'),
    of('name_pending_elsewhere'),
    of('name_certified_elsewhere', 'a'),
    of('subject_certified', 'c'),
  ]
  assert.deepEqual(certifiedElsewhere(findings), ['a', 'b'])
})
