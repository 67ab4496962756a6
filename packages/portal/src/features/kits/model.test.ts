import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Profile } from '@scel/contract/values'
import { emptyKit, faultsOf, kitOf, offeredFor, shownKit } from './model.ts'

const profile = (name: string, change: Partial<Profile> = {}): Profile => ({
  name,
  title: { en: name, fr: name },
  description: { en: name, fr: name },
  ...{ family: 'machine', commonName: 'host-name', keys: ['ec-p256', 'rsa-2048', 'rsa-4096'], proposedKey: 'ec-p256' },
  ...{ keyUsages: { rsa: [], ec: [] }, names: 'dNSName' },
  ...{ validityDays: 365, extendedUsages: [], kits: true, standingApproval: false, managers: false, revocable: true },
  ...change,
})
const ROBOT = profile('robot', { managers: true, standingApproval: true })
const SERVER = profile('server')
const PROFILES = [ROBOT, SERVER]
const empty = emptyKit('org')
const whole = { ...shownKit(empty, PROFILES), name: 'Sorting centres' }

test('profiles that kits do not ask for are not offered, and those of managers come first', () => {
  const all = [SERVER, profile('desk', { kits: false }), ROBOT]
  assert.deepEqual(
    offeredFor(all).map(({ name }) => name),
    ['robot', 'server'],
  )
})

test('a kit is for the first profile until another one is chosen', () => {
  assert.equal(shownKit(empty, PROFILES).profile, 'robot')
  assert.equal(shownKit({ ...empty, profile: 'server' }, PROFILES).profile, 'server')
  assert.equal(shownKit({ ...empty, profile: 'gone' }, PROFILES).profile, 'robot')
  assert.deepEqual(faultsOf({ ...shownKit(empty, []), name: 'n' }), { profile: true })
})

test('the proposed key is always an allowed one, and allowed are only those of the profile', () => {
  assert.deepEqual(shownKit({ ...whole, keys: ['rsa-4096', 'rsa-2048', 'ec-p384'] }, PROFILES).keys, [
    'rsa-2048',
    'rsa-4096',
  ])
  assert.equal(shownKit({ ...whole, keys: ['rsa-4096', 'rsa-2048'] }, PROFILES).proposedKey, 'rsa-2048')
  assert.equal(shownKit({ ...whole, keys: ['ec-p256'] }, PROFILES).proposedKey, 'ec-p256')
})

test('a kit of a profile that has none loses its standing approval', () => {
  const standing = shownKit({ ...whole, standingApproval: true }, PROFILES)
  assert.equal(standing.standingApproval, true)
  assert.equal(shownKit({ ...standing, profile: 'server' }, PROFILES).standingApproval, false)
})

test('every fault is named at once', () => {
  assert.deepEqual(faultsOf({ ...emptyKit(''), keys: [], uses: '0', validityDays: '1.5' }), {
    name: true,
    organisation: true,
    profile: true,
    keys: true,
    uses: true,
    validityDays: true,
  })
  assert.deepEqual(faultsOf(whole), {})
  assert.deepEqual(faultsOf(whole, false), { service: true })
})

test('numbers are sent as numbers, standing approval only when given', () => {
  const sent = kitOf({ ...whole, uses: '25' })
  assert.equal(sent.uses, 25)
  assert.equal('standingApproval' in sent, false)
})
