import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kitRulesDigest } from '@scel/contract/kit'
import type { KeyChoice } from '@scel/contract/values'
import {
  answerKit,
  firstAdministrator,
  invited,
  kit,
  openRulesDesk,
  organisation,
  refused,
} from '../../../test/rules-desk.ts'
import { parseSiren } from './siren.ts'

test('a SIREN is nine digits whose key fits', () => {
  assert.equal(parseSiren('356 000 000'), '356000000') // La Poste's own
  assert.equal(parseSiren('732829320'), '732829320')
  for (const siren of ['732829321', '73282932', '7328293200', '73282932O', '']) {
    assert.throws(() => parseSiren(siren), refused('siren_invalid'), siren)
  }
})

test('a code is one organisation’s, whatever its case', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await organisation(core, admin)
  await assert.rejects(organisation(core, admin, 'j1cfra'), refused('organisation_code_taken'))
  const both = await Promise.allSettled([1, 2].map(() => organisation(core, admin, 'TWICE')))
  assert.equal(both.filter((one) => one.status === 'fulfilled').length, 1)
  const { actor: tester } = await firstAdministrator(core, 'test')
  await organisation(core, tester)
})

test('an organisation is counted: kits, requests, certificates', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  await kit(core, admin, id)
  const { counts } = await core.organisations.get(admin, id)
  assert.deepEqual(counts, { managers: 0, kits: 1, pending: 0, certificates: 0 })
})

test('a kit’s rules follow from its profile, and their digest tells an altered file', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  const input = { name: 'k', organisation: id, store: 'user', uses: 5, validityDays: 10 } as const
  const keys = ['rsa-2048', 'ec-p256'] as const
  const made = await core.kits.create(admin, { ...input, profile: 'server', keys, proposedKey: 'rsa-2048' })
  assert.deepEqual(
    [made.rules.commonName, made.rules.organisationalUnit, made.rules.extendedKeyUsage, made.rules.keyUsage],
    [
      ...['host-name', 'Server', ['serverAuth']],
      { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
    ],
  )
  const stored = await work.read((stores) => stores.kits.findForApplicant(made.kit.id))
  assert.equal(stored?.rulesDigest, await kitRulesDigest(made.rules))
  assert.notEqual(stored?.rulesDigest, await kitRulesDigest({ ...made.rules, uses: 6 }))
  const wrong = core.kits.create(admin, { ...input, profile: 'server', keys: ['ec-p256'], proposedKey: 'rsa-2048' })
  await assert.rejects(wrong, refused('input_invalid', { where: 'proposedKey' }))
})

test('a withdrawn kit stays withdrawn from the moment it was', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  const inHand = await kit(core, admin, id)
  await core.kits.withdraw(admin, inHand.id)
  const [first] = (await core.kits.list(admin, { state: 'withdrawn' })).items
  later(1000)
  await core.kits.withdraw(admin, inHand.id)
  const [second] = (await core.kits.list(admin, { state: 'withdrawn' })).items
  assert.deepEqual(second, first)
})

test('a manager sees the kits for workstations, and no server’s', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: id })
  const [own, server] = [await kit(core, admin, id), await kit(core, admin, id, { profile: 'server' })]
  assert.equal((await core.kits.get(manager, own.id)).id, own.id)
  assert.equal((await core.kits.get(admin, server.id)).id, server.id)
  await assert.rejects(core.kits.get(manager, server.id), refused('not_found', { what: 'kit' }))
  await assert.rejects(core.kits.endStanding(manager, server.id), refused('not_found', { what: 'kit' }))
})

test('a kit offers the keys of its profile, and proposes one of them; by itself it decides only where the profile lets it', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  const odd = 'dsa-1024' as KeyChoice
  await assert.rejects(kit(core, admin, id, { keys: ['ec-p256', odd] }), refused('csr_key_not_allowed', { key: odd }))
  const server = { profile: 'server', standingApproval: true } as const
  await assert.rejects(
    kit(core, admin, id, server),
    refused('standing_approval_not_for_profile', { profile: 'server' }),
  )
  for (const profile of ['person', 'desk-tls', 'ocsp-responder']) {
    await assert.rejects(kit(core, admin, id, { profile }), refused('profile_not_for_kits', { profile }))
  }
  const unknown = { profile: 'robot' }
  await assert.rejects(kit(core, admin, id, unknown), refused('profile_unknown', unknown))
  assert.deepEqual((await core.kits.list(admin, {})).items, [])
})

test('only what waits is confirmed or refused: not twice, and not what was withdrawn', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor: second } = await invited(core, admin, 'administrator')
  const { id } = await organisation(core, admin)
  const asked = () => kit(core, second, id, { standingApproval: true })
  const [confirmed, withdrawn, plain] = [await asked(), await asked(), await kit(core, second, id)]
  await answerKit(core, admin, confirmed.id)
  await core.kits.withdraw(admin, withdrawn.id)
  for (const one of [confirmed, withdrawn, plain]) {
    await assert.rejects(answerKit(core, admin, one.id), refused('confirmation_not_wanted'))
    await assert.rejects(answerKit(core, admin, one.id, 'refuse'), refused('confirmation_not_wanted'))
  }
  assert.equal((await core.kits.get(admin, confirmed.id)).standingApproval, true)
})

test('names that reach into another’s are told from both sides', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const make = (code: string, ...nameSuffixes: string[]) =>
    core.organisations.create(admin, { code, name: code, country: 'FR', nameSuffixes })
  const wide = await make('WIDE', 'post.example')
  const narrow = await make('NARROW', 'mail.post.example')
  await make('NONE')
  const told = async (id: string) =>
    (await core.organisations.get(admin, id)).nameOverlaps?.map(({ suffix, organisation }) => [
      suffix,
      organisation.code,
    ])
  assert.deepEqual(await told(wide.id), [['mail.post.example', 'NARROW']])
  assert.deepEqual(await told(narrow.id), [['post.example', 'WIDE']])
})
