import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Certificate, fingerprint } from '@scel/pki/x509'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { decideTrust, type Grounds, judgingSignatures, judgingStamps, rootsOf } from './index.ts'

const following = { intermediates: [], at: new Date('2026-06-01T00:00:00Z'), revocation: 'not-asked' } as const

/** They all have one name: it is not by names that roots are told apart. */
const makeRoot = async (): Promise<Certificate> =>
  (await certify({ name: 'CN=Root', extensions: authorityExtensions() })).certificate

const [firm, customer, brought] = await Promise.all([makeRoot(), makeRoot(), makeRoot()])
const one = rootsOf([{ anchor: firm, desk: 'firm' }])
const two = rootsOf([
  { anchor: firm, desk: 'firm' },
  { anchor: customer, desk: 'customer' },
])
const email = { email: 'director@example.org' }
const fingerprinted = { fingerprint: '00'.repeat(32) }
const undecided = async (grounds: Grounds<string>) => (await decideTrust(grounds)).undecided

test('a root stands once, with all whose it is, and says by whose word it is believed', async () => {
  const roots = rootsOf([
    { anchor: firm, desk: 'firm' },
    { anchor: brought },
    { anchor: firm, desk: 'firm, other environment' },
    { anchor: firm },
  ])
  assert.deepEqual(
    roots.map(({ desks }) => desks),
    [['firm', 'firm, other environment'], []],
  )
  const { signers, stamps } = await decideTrust({ roots })
  assert.deepEqual(signers.anchors, [firm, brought])
  assert.deepEqual(stamps.anchors, [firm, brought])
  assert.deepEqual(signers.vouchedBy(await fingerprint(firm.der)), ['firm', 'firm, other environment'])
  for (const other of [brought, customer]) assert.deepEqual(signers.vouchedBy(await fingerprint(other.der)), [])
})

test('where one desk is in question everything has an answer, whatever roots a person brought', async () => {
  const besides = rootsOf([{ anchor: firm, desk: 'firm' }, { anchor: customer }, { anchor: brought }])
  const same = rootsOf([
    { anchor: firm, desk: 'firm' },
    { anchor: firm, desk: 'firm, other environment' },
  ])
  for (const roots of [[], one, besides, same]) assert.deepEqual(await undecided({ roots, identity: email }), {})
})

test('of several desks none says who an address is of nor when it was, until one is meant', async () => {
  const desks = ['firm', 'customer']
  assert.deepEqual(await undecided({ roots: two, identity: email }), { person: desks, time: desks })
  assert.deepEqual(await undecided({ roots: one, unbelieved: ['customer'], identity: email }), {
    person: desks,
    time: desks,
  })
  assert.deepEqual(await undecided({ roots: two }), { time: desks })
  assert.deepEqual(await undecided({ roots: two, identity: fingerprinted }), { time: desks })
  assert.deepEqual(await undecided({ roots: two, identity: { ...email, ...fingerprinted } }), { time: desks })
})

test('whose time counts may be said by itself, and whose it is not looked at otherwise', async () => {
  const ofStamps = rootsOf<string>([{ anchor: brought }])
  const said = await decideTrust({ roots: two, ofStamps, identity: email })
  assert.deepEqual(Object.keys(said.undecided), ['person'])
  assert.deepEqual(judgingStamps(said, following).anchors, [brought])
  assert.deepEqual(judgingSignatures(said, following).anchors, [firm, customer])
  assert.ok(judgingSignatures(said, following).verifyStamp)
  const unsaid = judgingSignatures(await decideTrust({ roots: two }), following)
  assert.equal('verifyStamp' in unsaid, false)
  assert.deepEqual({ ...unsaid, anchors: [] }, { ...following, anchors: [] })
})
