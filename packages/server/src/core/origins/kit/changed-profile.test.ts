import assert from 'node:assert/strict'
import { test } from 'node:test'
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
    const unfit = (profile: string) => refused('profile_not_for_kits', { profile })

    const workstations = await restart(profilesWhere('workstation', says))
    await assert.rejects(submit(workstations, await machine(), inHand), unfit('workstation'))
    await assert.rejects(submit(workstations, await machine(), inHand, HOST), unfit('workstation'))
    assert.equal((await workstations.certificates.list(admin, { profile: 'workstation' })).items.length, 0)

    const after = await restart(profilesWhere('server', says))
    await assert.rejects(submit(after, await machine(), servers, HOST), unfit('server'))
    const { may } = await after.requests.detail(admin, request.number)
    assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'profile_not_for_kits'])
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
