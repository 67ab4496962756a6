import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESK_STATEMENT_PURPOSE } from '@scel/contract/kit'
import { profiles, refused } from '../../../test/rules-desk.ts'
import { parseProfile } from './parse-profile.ts'
import { keyUsageFor } from './profile.ts'
import { parseProfiles, refOf, requireProfile } from './profiles.ts'

const GOOD = {
  name: 'robot',
  title: { en: 'Robot', fr: 'Robot' },
  description: { en: 'For a robot.', fr: 'Pour un robot.' },
  family: 'machine',
  managers: true,
  standingApproval: false,
  revocable: true,
  issuer: 'machines',
  validityDays: 365,
  keys: ['ec-p256'],
  proposedKey: 'ec-p256',
  keyUsage: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
  extendedKeyUsage: ['clientAuth'],
  organisationalUnit: 'Robots',
  commonName: 'machine-fingerprint',
  names: 'none',
  ocspNoCheck: false,
  revocationAddresses: true,
}
const HOST = { ...GOOD, commonName: 'host-name', names: 'dNSName' }
const DESKS = { family: 'desk', issuer: 'desk', managers: false, commonName: 'desk', extendedKeyUsage: ['serverAuth'] }
const OF_DESK = { ...GOOD, ...DESKS }

test('the profiles of the desk are read, each of them, in the order of their names', () => {
  const all = profiles()
  assert.deepEqual(
    all.all.map(({ name }) => name),
    ['desk-statement', 'desk-tls', 'ocsp-responder', 'person', 'server', 'time-stamping', 'workstation'],
  )
  const workstation = requireProfile(all, 'workstation')
  assert.deepEqual(keyUsageFor(workstation, 'rsa-2048'), ['digitalSignature', 'keyEncipherment', 'dataEncipherment'])
  assert.deepEqual(keyUsageFor(workstation, 'ec-p256'), ['digitalSignature'])
})

test('a profile with a field that is wrong, missing or unknown is refused by the field’s name', () => {
  const wrong: [string, unknown][] = [
    ['title', { en: 'Robot' }],
    ['title', { en: 'Robot', fr: 'Robot', de: 'Roboter' }],
    ['title', { en: 'Robot', fr: 'R\u202eobot' }],
    ['description', undefined],
    ['family', 'robot'],
    ['managers', 'yes'],
    ['standingApproval', undefined],
    ['revocable', 1],
    ['validityDays', 0],
    ['validityDays', 826],
    ['validityDays', '365'],
    ['keys', []],
    ['keys', ['rsa-1024']],
    ['keys', ['ec-p256', 'ec-p256']],
    ['proposedKey', 'rsa-2048'],
    ['issuer', 'root'],
    ['issuer', 'people'],
    ['extendedKeyUsage', ['anyExtendedKeyUsage']],
    ['organisationalUnit', ''],
    ['organisationalUnit', 'a'.repeat(65)],
    ['commonName', 'person-name'],
    ['names', 'uri'],
    ['names', 'dNSName'],
    ['ocspNoCheck', 'no'],
    ['validityDay', 365],
  ]
  assert.equal(parseProfile(GOOD).organisationalUnit, 'Robots')
  for (const [field, value] of wrong) {
    const bad = refused('profile_invalid', { profile: 'robot', field })
    assert.throws(() => parseProfile({ ...GOOD, [field]: value }), bad, `${field} ${JSON.stringify(value)}`)
  }
  const enciphering = { ...GOOD, keyUsage: { rsa: ['digitalSignature'], ec: ['keyEncipherment'] } }
  assert.throws(() => parseProfile(enciphering), refused('profile_invalid', { field: 'keyUsage.ec' }))
  for (const name of ['Robot', '-robot', 'r'.repeat(41), 'robot\n', 7]) {
    assert.throws(() => parseProfile({ ...GOOD, name }), refused('profile_invalid', { profile: '?', field: 'name' }))
  }
  assert.throws(() => parseProfile(null), refused('profile_invalid'))
})

test('durations that are offered are several, in order, with what is usual among them, and none too long; of the desk’s own none is', () => {
  const offers =
    (validityDays: unknown, change: object = {}) =>
    () =>
      parseProfile({ ...GOOD, ...change, offers: { validityDays } })
  const offered = [1, 365, 825]
  assert.deepEqual(offers(offered)().offers, { validityDays: { usual: 365, offered } })
  assert.equal(parseProfile(GOOD).offers, undefined)
  const wrong = [
    ...[undefined, null, 365, {}, [], [365], [365, 365], [730, 365], [90, 730], [0, 365], [365, 826], [365, 730.5]],
    ...[['90', 365], Array.from({ length: 13 }, (_, at) => 365 + at)],
  ]
  for (const said of wrong)
    assert.throws(offers(said), refused('profile_invalid', { field: 'offers.validityDays' }), JSON.stringify(said))
  for (const said of [{}, [], null, 'all', 7])
    assert.throws(() => parseProfile({ ...GOOD, offers: said }), refused('profile_invalid', { field: 'offers' }))
  const unknown = { ...GOOD, offers: { keys: ['ec-p256', 'ec-p384'] } }
  assert.throws(() => parseProfile(unknown), refused('profile_invalid', { field: 'offers.keys' }))
  assert.throws(offers(offered, DESKS), refused('profile_invalid', { field: 'offers' }))
})

test('what is named as a host has its names in it, where organisations are asked whether they are theirs', () => {
  assert.equal(parseProfile(HOST).names, 'dNSName')
  assert.throws(() => parseProfile({ ...HOST, names: 'none' }), refused('profile_invalid', { field: 'names' }))
  assert.throws(() => parseProfile({ ...HOST, names: 'host' }), refused('profile_invalid', { field: 'names' }))
})

test('whoever may ask for a certificate gets none that speaks for the desk or for a person', () => {
  for (const family of ['machine', 'service']) {
    for (const purpose of [
      'ocspSigning',
      'timeStamping',
      'emailProtection',
      '2.25.104680372392879737067620841044434493737',
    ]) {
      const raw = { ...HOST, family, extendedKeyUsage: [purpose] }
      assert.throws(() => parseProfile(raw), refused('profile_invalid', { field: 'extendedKeyUsage' }), purpose)
    }
  }
  assert.throws(() => parseProfile({ ...OF_DESK, managers: true }), refused('profile_invalid', { field: 'managers' }))
  const standing = { ...OF_DESK, extendedKeyUsage: ['ocspSigning'], standingApproval: true }
  assert.throws(() => parseProfile(standing), refused('profile_invalid', { field: 'standingApproval' }))
})

test('time stamping is the only purpose where it is one, and may last the longest', () => {
  const stamping = { ...OF_DESK, name: 'time-stamping', extendedKeyUsage: ['timeStamping'], validityDays: 3_660 }
  assert.equal(parseProfile(stamping).validityDays, 3_660)
  const tooLong = { ...stamping, validityDays: 3_661 }
  assert.throws(() => parseProfile(tooLong), refused('profile_invalid', { field: 'validityDays' }))
  const mixed = { ...stamping, extendedKeyUsage: ['timeStamping', 'serverAuth'] }
  assert.throws(() => parseProfile(mixed), refused('profile_invalid', { field: 'extendedKeyUsage' }))
})

test('what speaks for the desk and for people can be revoked, or its key could never be taken back', () => {
  const person = { family: 'person', issuer: 'people', managers: false, commonName: 'person-name', names: 'rfc822Name' }
  const statement = { ...OF_DESK, validityDays: 14, extendedKeyUsage: [DESK_STATEMENT_PURPOSE] }
  const stamps = { ...OF_DESK, extendedKeyUsage: ['timeStamping'] }
  for (const raw of [{ ...GOOD, ...person }, statement, stamps]) {
    assert.equal(parseProfile(raw).revocable, true)
    const lasting = { ...raw, revocable: false }
    assert.throws(() => parseProfile(lasting), refused('profile_invalid', { field: 'revocable' }))
  }
  assert.equal(parseProfile({ ...OF_DESK, revocable: false }).revocable, false)
})

test('a statement’s certificate does not outlast its key, which is of one month', () => {
  const statement = { ...OF_DESK, extendedKeyUsage: [DESK_STATEMENT_PURPOSE] }
  assert.equal(parseProfile({ ...statement, validityDays: 62 }).validityDays, 62)
  const long = { ...statement, validityDays: 63 }
  assert.throws(() => parseProfile(long), refused('profile_invalid', { field: 'validityDays' }))
})

test('each authority has a responder of its own, and nothing else is issued by each', () => {
  const responder = { ...OF_DESK, extendedKeyUsage: ['ocspSigning'] }
  assert.equal(parseProfile({ ...responder, issuer: 'each' }).issuer, 'each')
  assert.throws(() => parseProfile(responder), refused('profile_invalid', { field: 'issuer' }))
  assert.throws(() => parseProfile({ ...OF_DESK, issuer: 'each' }), refused('profile_invalid', { field: 'issuer' }))
})

test('a checked profile cannot be changed', () => {
  const profile = parseProfile(GOOD)
  assert.ok(Object.isFrozen(profile) && Object.isFrozen(profile.keys) && Object.isFrozen(profile.keyUsage.rsa))
  assert.ok(Object.isFrozen(profile.title) && Object.isFrozen(profile.description))
})

test('a set with a profile twice, or without one of the desk’s own, is refused', () => {
  const { all } = profiles()
  const raws = all.map((profile) => JSON.parse(JSON.stringify(profile)) as Record<string, unknown>)
  assert.throws(() => parseProfiles([...raws, raws[0]]), refused('profile_invalid', { field: 'name' }))
  for (const name of ['person', 'desk-tls', 'desk-statement', 'ocsp-responder', 'time-stamping']) {
    const without = raws.filter((raw) => raw.name !== name)
    assert.throws(() => parseProfiles(without), refused('profile_invalid', { profile: name, field: '' }))
  }
  const machines = parseProfiles(raws.filter((raw) => raw.name !== 'server'))
  assert.equal(machines.find('server'), undefined)
  assert.throws(() => requireProfile(machines, 'server'), refused('profile_unknown', { profile: 'server' }))
  assert.deepEqual(refOf(machines, 'server'), { name: 'server', title: { en: 'server', fr: 'server' } })
})

test('the operator’s file takes the place of ours, and must still be what the desk needs', () => {
  const raws = profiles().all.map((profile) => JSON.parse(JSON.stringify(profile)) as Record<string, unknown>)
  const workstation = raws.find(({ name }) => name === 'workstation')
  const ours = parseProfiles(raws, [{ ...workstation, validityDays: 30 }, GOOD])
  assert.equal(ours.find('workstation')?.validityDays, 30)
  assert.equal(ours.find('robot')?.title.fr, 'Robot')
  assert.throws(
    () => parseProfiles(raws, [GOOD, GOOD]),
    refused('profile_invalid', { profile: 'robot', field: 'name' }),
  )
  const asMachine = { ...GOOD, name: 'ocsp-responder' }
  assert.throws(() => parseProfiles(raws, [asMachine]), refused('profile_invalid', { field: 'family' }))
  const asOther = { ...OF_DESK, name: 'ocsp-responder', extendedKeyUsage: ['timeStamping'] }
  assert.throws(() => parseProfiles(raws, [asOther]), refused('profile_invalid', { field: 'extendedKeyUsage' }))
})
