import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '@scel/contract/values'
import { profiles } from '../../../test/rules-desk.ts'
import type { PersonActor } from '../actor.ts'
import { applicantOwner, organisationOwner } from '../owner.ts'
import { mayOf, type Refusal, requireMayDecide } from './may-decide.ts'
import type { RequestEntry } from './request.ts'

const PROFILES = profiles()
const actor = (role: Role): PersonActor =>
  ({
    kind: 'person',
    id: 'me',
    environment: 'production',
    grants: [{ id: 'g', role, ...(role === 'manager' && { organisation: 'post' }) }],
    email: 'me@example.org',
    keys: ['ab', 'aa'],
    strength: 'high',
  }) as unknown as PersonActor
const entry = (change: Partial<RequestEntry> = {}): RequestEntry =>
  ({
    ...{ environment: 'production', organisation: 'post' },
    ...{ number: 7, state: 'pending', profile: 'workstation', contact: { email: 'pc@example.org' } },
    ...{ key: 'bb', owner: applicantOwner('cc'), origin: { kind: 'kit', id: 'kit', name: 'a kit' } },
    ...change,
  }) as RequestEntry
const OWN_FILE = { kind: 'file', id: 'me', name: 'Me' } as const
const certificateRef = {
  id: 'c',
  serial: '01',
  notAfter: '2027-01-01T00:00:00.000Z',
} as RequestEntry['certificateRef'] & object

const BLOCKED: Refusal = { code: 'request_of_blocked', facts: { request: 7, at: '2026-06-01T12:00:00.000Z' } }

/** What may be done, as letters; what stands against a decision, as its code. */
function offered(role: Role, change: Partial<RequestEntry> = {}): string {
  const { why, ...may } = mayOf(actor(role), PROFILES, entry(change), {}, 'high')
  const names = ['approve', 'reject', 'revoke', 'block'] as const
  return [...names.filter((name) => may[name]), ...(why ? [why.code] : [])].join(' ')
}

test('who may decide on which request is what the page offers, and what is asked again', () => {
  for (const [role, change, offers] of [
    ['administrator', {}, 'approve reject block'],
    ['administrator', { profile: 'server' }, 'approve reject block'],
    ['manager', {}, 'approve reject block'],
    ['manager', { profile: 'server' }, 'request_needs_administrator'],
    ['auditor', {}, 'not_allowed'],
    ['auditor', { profile: 'server' }, 'not_allowed'],
    ['administrator', { contact: { email: 'me@example.org' } }, 'block own_request'],
    ['manager', { key: 'aa' }, 'block own_request'],
    ['manager', { owner: applicantOwner('aa') }, 'block own_request'],
    ['manager', { owner: organisationOwner('post'), origin: OWN_FILE }, 'own_request'],
  ] as const) {
    assert.equal(offered(role, change as Partial<RequestEntry>), offers, `${role} ${JSON.stringify(change)}`)
    const code = offers.split(' ').find((word) => word.includes('_'))
    const ask = (): void => requireMayDecide(actor(role), PROFILES, entry(change as Partial<RequestEntry>))
    if (code) assert.throws(ask, { code })
    else ask()
  }
})

test('what was signed may be revoked, by the administrator everywhere and by managers for workstations', () => {
  for (const state of ['approved', 'downloaded', 'installed'] as const) {
    for (const profile of ['workstation', 'server'] as const) {
      const signed = { state, profile, certificateRef }
      assert.equal(offered('administrator', signed), 'revoke block')
      assert.equal(offered('manager', signed), profile === 'workstation' ? 'revoke block' : '')
      assert.equal(offered('auditor', signed), '')
    }
    assert.equal(offered('administrator', { state }), 'block', 'nothing is signed yet')
  }
  for (const state of ['revoked', 'expired', 'rejected', 'cancelled'] as const) {
    assert.equal(offered('administrator', { state, certificateRef }), 'block', state)
  }
})

test('what its origin holds against it may be rejected, and not approved', () => {
  const { approve, reject, why } = mayOf(actor('administrator'), PROFILES, entry(), { origin: BLOCKED }, 'high')
  assert.deepEqual([approve, reject, why?.code], [false, true, 'request_of_blocked'])
  assert.equal(mayOf(actor('auditor'), PROFILES, entry(), { origin: BLOCKED }, 'high').why?.code, 'not_allowed')
})

test('what contradicts its own CSR may be rejected, and not approved', () => {
  const hindrances = { altered: { request: 7 }, origin: BLOCKED }
  const { approve, reject, why } = mayOf(actor('administrator'), PROFILES, entry(), hindrances, 'high')
  assert.deepEqual([approve, reject, why?.code], [false, true, 'request_row_altered'])
})
