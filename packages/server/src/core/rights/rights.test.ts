import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as contract from '@scel/contract/routes'
import { Right, type Role } from '@scel/contract/values'
import type { Granted, PersonActor } from '../actor.ts'
import { entitlementsOf, may, reachesPlace, reachOf, requireRight, scopeFor } from './rights.ts'

const holder = (...grants: readonly Granted[]): PersonActor =>
  ({
    kind: 'person',
    id: 'me',
    strength: 'high',
    environment: 'production',
    grants,
  }) as Partial<PersonActor> as PersonActor
const actor = (role: Role, ...organisations: readonly string[]): PersonActor =>
  organisations.length === 0
    ? holder({ id: 'g', role })
    : holder(...organisations.map((organisation) => ({ id: organisation, role, organisation })))
const rightsOf = (role: Role): string[] => entitlementsOf(actor(role)).map(({ right }) => right)

/** What everybody has over their own. */
const OF_OWN: readonly Right[] = [
  ...(['read_requests', 'withdraw_requests', 'read_certificates', 'revoke_certificates', 'read_recipients'] as const),
]

test('an administrator has every right, everywhere in the environment', () => {
  assert.deepEqual(rightsOf('administrator'), [...Right.enum])
  const others: readonly Right[] = Right.enum.filter((right) => right !== 'withdraw_requests') // nobody takes back what another asked for
  for (const { right, reach } of entitlementsOf(actor('administrator')))
    assert.equal(reach, others.includes(right) ? 'environment' : 'own', right)
  for (const right of others) assert.deepEqual(scopeFor(actor('administrator'), right), { environment: 'production' })
})

test('an auditor reads everything but the sessions of others and the deliveries, and changes nothing but how they sign in', () => {
  const reads = Right.enum.filter((right) => right.startsWith('read_') || right === 'trace_certificates')
  assert.deepEqual(
    rightsOf('auditor'),
    [...Right.enum].filter(
      (right) =>
        right === 'keep_credentials' ||
        OF_OWN.includes(right) ||
        (reads.includes(right) && !['read_sessions', 'read_deliveries'].includes(right)),
    ),
  )
})

test('a manager reads and decides what is of their organisation, and nothing of people, the log or the desk', () => {
  assert.deepEqual(rightsOf('manager'), [
    ...['read_requests', 'decide_requests', 'withdraw_requests', 'ask_by_file', 'read_blocked_keys', 'block_keys'],
    ...['read_certificates', 'revoke_certificates', 'read_recipients', 'read_authorities', 'read_organisations'],
    ...['keep_services', 'read_profiles', 'read_kits', 'end_standing_approvals', 'keep_credentials'],
  ])
  const scope = { environment: 'production', within: ['post'] }
  assert.deepEqual(scopeFor(actor('manager', 'post'), 'decide_requests'), scope)
})

test('by a link one looks, and does nothing: every right that is not to read takes a certificate, or to keep what is one’s own and no stronger', () => {
  const weak = { ...actor('administrator'), strength: 'low' } as const
  for (const right of Right.enum) {
    const reads = right.startsWith('read_') || right === 'trace_certificates'
    const own = ['keep_credentials', 'withdraw_requests', 'revoke_certificates'].includes(right) // what says no better who is there than they did themselves
    const needed = { code: 'strength_needed', facts: { right, needed: own ? 'substantial' : 'high', have: 'low' } }
    if (reads) requireRight(weak, right)
    else {
      assert.throws(() => requireRight(weak, right), needed, right)
      assert.throws(() => scopeFor(weak, right), needed, right)
      const better = { ...weak, strength: 'substantial' } as const
      if (own) requireRight(better, right)
      else assert.throws(() => requireRight(better, right), { code: 'strength_needed' })
    }
  }
  // What somebody lacks altogether is said first.
  assert.throws(() => requireRight({ ...actor('auditor'), strength: 'low' }, 'make_kits'), { code: 'not_allowed' })
})

test('with several grants, each right reaches as far as they take it together, and no farther', () => {
  const two = actor('manager', 'post', 'bank', 'post')
  assert.deepEqual(scopeFor(two, 'decide_requests'), { environment: 'production', within: ['post', 'bank'] })
  const [{ right, reach, organisations } = assert.fail()] = entitlementsOf(two)
  assert.deepEqual([right, reach, organisations], ['read_requests', 'service', ['post', 'bank']])
  // An auditor sees everything and decides at the post alone.
  const both = holder({ id: 'a', role: 'auditor' }, { id: 'b', role: 'manager', organisation: 'post' })
  assert.deepEqual(scopeFor(both, 'read_requests'), { environment: 'production' })
  assert.deepEqual(scopeFor(both, 'decide_requests'), { environment: 'production', within: ['post'] })
  assert.deepEqual([reachOf(both, 'read_log'), reachOf(both, 'make_kits')], ['environment', undefined])
})

const MAIL = { id: 'mail', organisation: 'post' }

test('a grant for a service reaches that service, and gives nothing of what concerns its organisation as a whole', () => {
  const part = holder({ id: 'g', role: 'manager', service: MAIL })
  const scope = { environment: 'production', within: [], services: ['mail'] }
  const whole: readonly Right[] = ['read_blocked_keys', 'block_keys', 'keep_services']
  assert.deepEqual(
    entitlementsOf(part).map(({ right }) => right),
    rightsOf('manager').filter((right) => !whole.includes(right as Right)),
  )
  for (const { right, organisations, services } of entitlementsOf(part)) {
    if (right === 'keep_credentials' || right === 'withdraw_requests') continue // everybody's
    assert.deepEqual(scopeFor(part, right), OF_OWN.includes(right) ? { ...scope, own: 'me' } : scope, right)
    assert.deepEqual([organisations, services], [[], [MAIL]], right)
  }
  for (const right of whole)
    assert.throws(() => scopeFor(part, right), { code: 'not_allowed', facts: { right } }, right)
})

test('who has the organisation has its services, and a service of another one besides', () => {
  const bank = { id: 'cards', organisation: 'bank' }
  const [post, ofPost, ofBank] = [
    { id: 'a', role: 'manager', organisation: 'post' },
    { id: 'b', role: 'manager', service: MAIL },
    { id: 'c', role: 'manager', service: bank },
  ] as const
  const all = holder(post, ofPost, ofBank, { ...ofBank, id: 'd' })
  const scope = { environment: 'production', within: ['post'] }
  assert.deepEqual(scopeFor(all, 'decide_requests'), { ...scope, services: ['cards'] })
  assert.deepEqual(scopeFor(all, 'block_keys'), scope)
  // An auditor of everything decides in the service alone.
  const both = holder({ id: 'a', role: 'auditor' }, ofPost)
  assert.deepEqual(scopeFor(both, 'read_requests'), { environment: 'production' })
  assert.deepEqual(scopeFor(both, 'decide_requests'), { environment: 'production', within: [], services: ['mail'] })
})

test('for a manager without organisation nothing exists but their own, and whoever has no grant has that', () => {
  const nothing = { environment: 'production', within: [] }
  assert.deepEqual(scopeFor(actor('manager'), 'read_kits'), nothing)
  assert.deepEqual(scopeFor(actor('manager'), 'read_requests'), { ...nothing, own: 'me' })
  assert.deepEqual(entitlementsOf(holder()), [
    { right: 'read_requests', reach: 'own', needs: 'low' },
    { right: 'withdraw_requests', reach: 'own', needs: 'substantial' },
    { right: 'read_certificates', reach: 'own', needs: 'low' },
    { right: 'revoke_certificates', reach: 'own', needs: 'substantial' },
    { right: 'read_recipients', reach: 'own', needs: 'low' },
    { right: 'keep_credentials', reach: 'environment', needs: 'substantial' },
  ])
  for (const right of Right.enum) {
    if (OF_OWN.includes(right)) assert.deepEqual(scopeFor(holder(), right), { ...nothing, own: 'me' })
    else if (right !== 'keep_credentials') assert.throws(() => scopeFor(holder(), right), { code: 'not_allowed' })
  }
  const less = { ...actor('administrator'), strength: 'substantial' } as const
  assert.deepEqual(scopeFor(less, 'revoke_certificates'), { ...nothing, own: 'me' })
  assert.deepEqual(scopeFor(less, 'withdraw_requests'), { ...nothing, own: 'me' })
  for (const right of ['decide_requests', 'make_kits'] as const)
    assert.throws(() => scopeFor(less, right), { code: 'strength_needed' }, right)
  const weak = { ...holder(), strength: 'low' } as const
  assert.throws(() => requireRight(weak, 'keep_credentials'), { code: 'strength_needed' })
})

test('what is one’s own is so wherever it is, of nobody else and in no other environment', () => {
  const mine = { environment: 'production', organisation: 'post', owner: { kind: 'person', id: 'me' } } as const
  for (const who of [holder(), actor('manager', 'bank')]) {
    assert.ok(reachesPlace(who, 'read_requests', mine))
    assert.ok(!reachesPlace(who, 'decide_requests', mine))
    for (const other of [
      { ...mine, environment: 'test' },
      { ...mine, owner: { kind: 'person', id: 'other' } },
      { ...mine, owner: { kind: 'applicant', id: 'me' } },
      { ...mine, owner: { kind: 'organisation', id: 'me' } },
    ] as const)
      assert.ok(!reachesPlace(who, 'read_requests', other), JSON.stringify(other))
  }
})

test('who lacks a right is told which one', () => {
  const missing = { code: 'not_allowed', facts: { right: 'make_kits' } }
  assert.throws(() => requireRight(actor('auditor'), 'make_kits'), missing)
  assert.throws(() => scopeFor(actor('manager', 'post'), 'make_kits'), missing)
  assert.equal(may(actor('manager'), 'make_kits'), false)
})

test('every right opens a route, or says of whom a route shows more', () => {
  const routes = Object.values(contract as unknown as Record<string, Partial<contract.Route>>)
  const named = new Set(routes.flatMap(({ access }) => (access?.kind === 'person' && access.right ? access.right : [])))
  const more = ['read_authorities', 'read_sessions', 'end_sessions', 'end_credentials'] // the routes are everybody's, for what is public or theirs
  assert.deepEqual(
    Right.enum.filter((right) => !named.has(right)),
    more,
  )
})
