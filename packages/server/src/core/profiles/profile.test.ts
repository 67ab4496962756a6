import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profiles, refused } from '../../../test/rules-desk.ts'
import { keyUsageFor, parseProfile, parseProfiles } from './profile.ts'

const GOOD = {
  name: 'workstation',
  issuer: 'machines',
  validityDays: 365,
  keys: ['ec-p256'],
  proposedKey: 'ec-p256',
  keyUsage: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
  extendedKeyUsage: ['clientAuth'],
  organisationalUnit: 'Workstation',
  commonName: 'machine-fingerprint',
  names: 'none',
  ocspNoCheck: false,
  revocationAddresses: true,
}

test('the profiles of the desk are read, each of them', () => {
  const all = profiles()
  assert.deepEqual(Object.keys(all).sort(), [
    'desk-statement',
    'desk-tls',
    'manager',
    'ocsp-responder',
    'server',
    'time-stamping',
    'workstation',
  ])
  assert.deepEqual(keyUsageFor(all.workstation, 'rsa-2048'), [
    'digitalSignature',
    'keyEncipherment',
    'dataEncipherment',
  ])
  assert.deepEqual(keyUsageFor(all.workstation, 'ec-p256'), ['digitalSignature'])
})

test('a profile with a field that is wrong, missing or unknown is refused by the field’s name', () => {
  const wrong: [string, unknown][] = [
    ['validityDays', 0],
    ['validityDays', 826],
    ['validityDays', '365'],
    ['keys', []],
    ['keys', ['rsa-1024']],
    ['keys', ['ec-p256', 'ec-p256']],
    ['proposedKey', 'rsa-2048'],
    ['issuer', 'root'],
    ['extendedKeyUsage', ['anyExtendedKeyUsage']],
    ['organisationalUnit', 'Printer'],
    ['names', 'uri'],
    ['ocspNoCheck', 'no'],
    ['validityDay', 365],
  ]
  for (const [field, value] of wrong) {
    const bad = refused('profile_invalid', { profile: 'workstation', field })
    assert.throws(() => parseProfile({ ...GOOD, [field]: value }), bad, field)
  }
  const enciphering = { ...GOOD, keyUsage: { rsa: ['digitalSignature'], ec: ['keyEncipherment'] } }
  assert.throws(() => parseProfile(enciphering), refused('profile_invalid', { field: 'keyUsage.ec' }))
  assert.throws(() => parseProfile(null), refused('profile_invalid'))
})

test('time stamping is the only purpose where it is one, and may last the longest', () => {
  const stamping = { ...GOOD, name: 'time-stamping', extendedKeyUsage: ['timeStamping'], validityDays: 3_660 }
  assert.equal(parseProfile(stamping).validityDays, 3_660)
  const tooLong = { ...stamping, validityDays: 3_661 }
  assert.throws(() => parseProfile(tooLong), refused('profile_invalid', { field: 'validityDays' }))
  const mixed = { ...stamping, extendedKeyUsage: ['timeStamping', 'clientAuth'] }
  assert.throws(() => parseProfile(mixed), refused('profile_invalid', { field: 'extendedKeyUsage' }))
})

test('a checked profile cannot be changed', () => {
  const profile = parseProfile(GOOD)
  assert.ok(Object.isFrozen(profile) && Object.isFrozen(profile.keys) && Object.isFrozen(profile.keyUsage.rsa))
})

test('a set with a profile twice, or without one, is refused', () => {
  assert.throws(() => parseProfiles([GOOD, GOOD]), refused('profile_invalid', { field: 'name' }))
  assert.throws(() => parseProfiles([GOOD]), refused('profile_invalid', { profile: 'server' }))
})
