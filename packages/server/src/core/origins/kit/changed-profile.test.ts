import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { approve, kit, type Machine, machine, profilesWhere, refused, submit } from '../../../../test/rules-desk.ts'
import { rulesScene } from '../../../../test/rules-scene.ts'

// A kit lives for weeks, and what its profile says is its operator's to change meanwhile: what it says now counts.

const FAMILIES = {
  desk: {
    ...{ family: 'desk', issuer: 'each', managers: false, standingApproval: false },
    ...{ extendedKeyUsage: ['ocspSigning'], commonName: 'host-name', names: 'host', ocspNoCheck: true },
  },
  person: {
    ...{ family: 'person', issuer: 'people', managers: false, standingApproval: false },
    ...{ extendedKeyUsage: ['clientAuth', 'emailProtection'], commonName: 'person-name', names: 'rfc822Name' },
  },
} as const
const HOST = { commonName: 'a.example.org' }
const SERVERS = { profile: 'server' } as const

const why = (findings: readonly { code: string; facts: Readonly<Record<string, unknown>> }[]): unknown =>
  findings.find((one) => one.code === 'kit_standing_approval_withheld')?.facts.why

for (const [family, says] of Object.entries(FAMILIES)) {
  test(`a kit whose profile became one of family ${family} lets nobody ask, and what waits is rejected only`, async (t) => {
    const { admin, inHand, post, core, restart, forged } = await rulesScene(t, { standingApproval: true })
    const servers = await kit(core, admin, post.id, SERVERS)
    const { request } = await submit(core, await machine(), servers, HOST)
    const unfit = (profile: string) => refused('profile_not_for_origin', { profile })

    const workstations = await restart(profilesWhere('workstation', says))
    await assert.rejects(submit(workstations, await machine(), inHand), unfit('workstation'))
    await assert.rejects(submit(workstations, await machine(), inHand, HOST), unfit('workstation'))
    assert.equal((await workstations.certificates.list(admin, { profile: 'workstation' })).items.length, 0)

    const after = await restart(profilesWhere('server', says))
    await assert.rejects(submit(after, await machine(), servers, HOST), unfit('server'))
    const { may } = await after.requests.detail(admin, request.number)
    assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'profile_not_for_origin'])
    await assert.rejects(approve(after, admin, request.number), unfit('server'))
    assert.deepEqual(forged, [], 'nobody wrote over the row')
    assert.equal((await after.requests.reject(admin, request.number, 'no more')).state, 'rejected')
  })
}

test('a standing approval decides nothing once its profile lets no kit have one', async (t) => {
  const { inHand, restart } = await rulesScene(t, { standingApproval: true })
  const after = await restart(profilesWhere('workstation', { standingApproval: false }))
  const { request, findings } = await submit(after, await machine(), inHand)
  assert.deepEqual([request.state, why(findings)], ['pending', 'profile'])
})

for (const [what, says, asked] of [
  [
    'another form and purpose',
    { commonName: 'host-name', names: 'dNSName', extendedKeyUsage: ['clientAuth', 'serverAuth'] },
    HOST,
  ],
  ['another unit', { organisationalUnit: 'Postes' }, {}],
  ['another usage', { keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature', 'nonRepudiation'] } }, {}],
  [
    'another usage of a kind of key that it does not propose',
    { keyUsage: { rsa: ['digitalSignature', 'nonRepudiation'], ec: ['digitalSignature'] } },
    {},
  ],
  ['another length of life', { validityDays: 700 }, {}],
  ['no addresses of its status', { revocationAddresses: false }, {}],
] as const) {
  test(`a standing approval that was given to one form decides about no other: ${what}`, async (t) => {
    const { admin, post, core, restart } = await rulesScene(t)
    const standing = await kit(core, admin, post.id, { standingApproval: true })
    assert.equal((await submit(core, await machine(), standing)).request.state, 'approved')
    const after = await restart(profilesWhere('workstation', says))
    const { request, findings } = await submit(after, await machine(), standing, asked)
    assert.deepEqual([request.state, why(findings)], ['pending', 'rules'])
  })
}

for (const [what, says] of [
  ['unit', { organisationalUnit: 'Postes' }],
  ['form', { commonName: 'host-name', names: 'dNSName', extendedKeyUsage: ['clientAuth', 'serverAuth'] }],
  ['usage', { keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature', 'nonRepudiation'] } }],
] as const) {
  test(`what waits when the profile is given another ${what} is asked anew, and nobody is told of a row that somebody wrote over`, async (t) => {
    const { core, work, admin, inHand, restart, forged } = await rulesScene(t)
    const { number } = (await submit(core, await machine(), inHand)).request
    const unfit = refused('request_profile_changed', { request: number, profile: 'workstation' })
    const after = await restart(profilesWhere('workstation', says))
    const { may } = await after.requests.detail(admin, number)
    assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'request_profile_changed'])
    await assert.rejects(approve(after, admin, number), unfit)
    assert.deepEqual(forged, [], 'nobody wrote over the row')
    const there = async () =>
      (await work.read((stores) => stores.requests.find({ environment: 'production' }, number))) ?? assert.fail()
    assert.equal((await there()).state, 'pending')
    // A file that was changed by mistake is put back, and all is as it was.
    const back = await restart()
    await approve(back, admin, number)
    assert.deepEqual([(await there()).state, forged], ['approved', []])
  })
}

test('who asks again for what waits under a form of before has a request that can be approved', async (t) => {
  const { core, admin, inHand, restart } = await rulesScene(t)
  const [pc, key] = [await machine(), await generateKeyPair('ec-p256')]
  const first = await submit(core, pc, inHand, { key })
  const usage = { keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature', 'nonRepudiation'] } }
  const after = await restart(profilesWhere('workstation', usage))
  const again = await submit(after, pc, inHand, { key })
  assert.deepEqual(again.replaced, [first.request.number])
  await approve(after, admin, again.request.number)
})

test('a row that somebody wrote over does not pass for one of before its profile was changed', async (t) => {
  const { core, work, inHand, admin, restart, forged } = await rulesScene(t)
  const [one, other] = [await submit(core, await machine(), inHand), await submit(core, await machine(), inHand)]
  const found = async (number: number) =>
    (await work.read((stores) => stores.requests.find({ environment: 'production' }, number))) ?? assert.fail()
  const { readUnder = assert.fail() } = await found(one.request.number)
  const { number: _, ...wish } = await found(other.request.number)
  const after = await restart(profilesWhere('workstation', { organisationalUnit: 'Postes' }))
  // Another's form, which has no code for this one.
  const planted = await work.transaction((stores) => stores.requests.insert({ ...wish, readUnder }))
  const { may } = await after.requests.detail(admin, planted)
  assert.deepEqual([may.why?.code, forged.length], ['request_row_altered', 1])
})

test('a key that the profile takes no more is neither asked for nor approved, whatever the kit says', async (t) => {
  const { core, admin, inHand, restart, forged } = await rulesScene(t)
  const asked = async (desk: typeof core, who: Machine) => submit(desk, who, inHand)
  const { request } = await asked(core, await machine())
  const after = await restart(profilesWhere('workstation', { keys: ['rsa-2048', 'ec-p384'], proposedKey: 'ec-p384' }))
  const unfit = refused('csr_key_not_allowed', { key: 'ec-p256', allowed: 'rsa-2048' })
  await assert.rejects(asked(after, await machine()), unfit)
  const { may } = await after.requests.detail(admin, request.number)
  assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'csr_key_not_allowed'])
  await assert.rejects(approve(after, admin, request.number), unfit)
  assert.deepEqual(forged, [], 'nobody wrote over the row')
})
