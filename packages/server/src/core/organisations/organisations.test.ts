import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kitRulesDigest } from '@scel/contract/kit'
import { firstAdministrator, kit, openRulesDesk, organisation, refused } from '../../../test/rules-desk.ts'
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

test('a kit’s rules follow from its type, and their digest tells an altered file', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  const input = { name: 'k', organisation: id, store: 'user', uses: 5, validityDays: 10 } as const
  const keys = ['rsa-2048', 'ec-p256'] as const
  const made = await core.kits.create(admin, { ...input, enrolment: 'server', keys, proposedKey: 'rsa-2048' })
  assert.deepEqual(
    [made.rules.commonName, made.rules.organisationalUnit, made.rules.extendedKeyUsage, made.rules.keyUsage],
    ['host-name', 'Server', ['serverAuth'], ['digitalSignature', 'keyEncipherment']],
  )
  const stored = await work.read((stores) => stores.kits.findForApplicant(made.kit.id))
  assert.equal(stored?.rulesDigest, await kitRulesDigest(made.rules))
  assert.notEqual(stored?.rulesDigest, await kitRulesDigest({ ...made.rules, uses: 6 }))
  const wrong = core.kits.create(admin, { ...input, enrolment: 'server', keys: ['ec-p256'], proposedKey: 'rsa-2048' })
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
