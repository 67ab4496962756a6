import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { parseRequest, verifyRequest } from '@scel/pki/x509'
import { DAY, firstAdministrator, invited, openRulesDesk, organisation } from '../../../../test/rules-desk.ts'
import type { PersonActor } from '../../actor.ts'
import type { Core } from '../../core.ts'

const NAMES = ['pki.example.org', '192.0.2.1']

/** The desk's own requests, newest first, each by its profile and what it is for. */
async function own(core: Core, actor: PersonActor) {
  const { items } = await core.requests.list(actor, { origin: 'desk', size: 100 })
  return items.map(({ profile, ...request }) => ({ ...request, profile: profile.name }))
}

test('what the desk needs for itself, it asks for with a CSR, and decides itself', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await core.ownCertificates.tlsIdentity(NAMES)
  const requests = await own(core, admin)
  const profiles = Object.groupBy(requests, ({ profile }) => profile)
  // Of production; those of the test environment are seen there.
  assert.deepEqual(
    Object.entries(profiles).map(([name, some]) => [name, some?.length]),
    [
      ['desk-tls', 1],
      ['time-stamping', 1],
      ['desk-statement', 1],
      ['ocsp-responder', 3],
    ],
  )
  for (const { number, state, organisation, requestedBy, decidedBy } of requests) {
    assert.deepEqual([state, organisation, requestedBy, decidedBy], ['approved', undefined, undefined, 'Desk of Tests'])
    const { csr, steps, machine, contact, from, origin, subject } = await core.requests.detail(admin, number)
    assert.deepEqual([machine, contact, from, origin.kind], [undefined, undefined, undefined, 'desk'])
    const read = parseRequest(pemDecode(csr!.pem)[0]!.der)
    assert.ok(await verifyRequest(read), 'it shows that it has the key')
    assert.equal(csr!.subject, subject)
    assert.deepEqual(
      steps.map(({ kind, actor, beforehand }) => [kind, actor.kind, beforehand]),
      [
        ['submitted', 'desk', undefined],
        ['approved', 'desk', true],
        ['issued', 'desk', undefined],
      ],
    )
  }
  const [tls] = profiles['desk-tls']!
  assert.deepEqual((await core.requests.detail(admin, tls!.number)).csr?.names, NAMES)
  // Nobody looks for them where people decide, and managers nowhere.
  assert.deepEqual((await core.requests.list(admin, {})).items, [])
  const post = await organisation(core, admin)
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
  assert.deepEqual((await core.requests.list(manager, { origin: 'desk' })).items, [])
  const { actor: auditor } = await invited(core, admin, 'auditor')
  assert.equal((await own(core, auditor)).length, requests.length)
})

test('a renewal is a request of its own, a few in a month; those before end with their certificates', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await core.ownCertificates.tlsIdentity(NAMES)
  const before = await own(core, admin)
  for (let days = 0; days < 100; days += 5) {
    later(5 * DAY)
    await core.ownCertificates.renewDue()
    await core.requests.expireDue()
  }
  const after = await own(core, admin)
  const many = Object.groupBy(after, ({ profile }) => profile)
  assert.deepEqual(
    [many['desk-tls']?.length, many['time-stamping']?.length, many['ocsp-responder']?.length],
    [2, 1, 18],
  )
  for (const { number, state } of before) {
    const now = after.find((one) => one.number === number)
    const { profile, certificate } = now!
    assert.equal(state, 'approved')
    assert.equal(now?.state, profile === 'time-stamping' ? 'approved' : 'expired', profile)
    const view = await core.certificates.detail(admin, certificate!.id)
    assert.equal(view.request, number, 'one request, one certificate')
  }
})

test('other names are another request, and the one before ends with its certificate', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await core.ownCertificates.tlsIdentity(NAMES)
  await core.ownCertificates.tlsIdentity(['pki.example.org', 'desk.example.org'])
  await core.ownCertificates.tlsIdentity(['pki.example.org', 'desk.example.org'])
  const ofTls = async () => (await own(core, admin)).filter(({ profile }) => profile === 'desk-tls')
  assert.deepEqual(
    (await ofTls()).map(({ state }) => state),
    ['approved', 'approved'],
  )
  later(80 * DAY)
  await core.ownCertificates.renewDue()
  later(15 * DAY)
  await core.requests.expireDue()
  assert.deepEqual(
    (await ofTls()).map(({ state }) => state),
    ['approved', 'expired', 'expired'],
  )
})

test('while the key of its authority is away, the desk has asked once, and what was decided is signed afterwards', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const count = (await own(core, admin)).length
  signers.break(true, (keyId) => keyId !== 'desk-tls')
  for (let i = 0; i < 3; i++) await assert.rejects(core.ownCertificates.tlsIdentity(NAMES))
  signers.break(false)
  const [waiting, ...others] = await own(core, admin)
  assert.equal(others.length, count)
  assert.deepEqual([waiting?.profile, waiting?.certificate], ['desk-tls', undefined])
  await core.ownCertificates.tlsIdentity(NAMES)
  const [tls, ...more] = await own(core, admin)
  assert.deepEqual([tls?.number, more.length, tls?.certificate !== undefined], [waiting!.number, count, true])
})
