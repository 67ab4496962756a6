import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { buildOcspRequest, makeCertId, parseOcspResponse } from '@scel/pki/ocsp'
import { parseCertificate, parseCrl } from '@scel/pki/x509'
import {
  acceptInvitation,
  answerKit,
  answerLink,
  approve,
  csrOf,
  DAY,
  derOf,
  firstAdministrator,
  HOST,
  invited,
  kit,
  machine,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'
import { rulesScene } from '../../../test/rules-scene.ts'
import type { PersonActor } from '../actor.ts'
import type { Core } from '../core.ts'

const OTHER = { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb', macAddresses: ['02:00:00:00:00:99'] }

/** What the newest list and OCSP say of a certificate. */
async function saidOf(core: Core, actor: PersonActor, id: string) {
  const { pem, serial, chain } = await core.certificates.detail(actor, id)
  const [issuer] = (await core.authorities.chainOf(chain[1]!.authority!)).map((one) =>
    parseCertificate(one.certificate),
  )
  const { entries } = parseCrl((await core.revocation.crl(chain[1]!.authority!))!.der)
  const entry = [...entries].find((one) => toHex(one.serial) === serial)
  const certIds = [await makeCertId(issuer!, parseCertificate(derOf(pem)).serial)]
  const answer = parseOcspResponse((await core.ocsp.answer(buildOcspRequest({ certIds }))).response)
  const [single] = answer.basic!.responses
  return {
    // RFC 5280 §5.3.1: where nothing is specified, nothing is written.
    list: [entry?.reason ?? 'unspecified', entry?.revokedAt.toISOString().slice(0, 19)],
    ocsp:
      single?.status === 'revoked'
        ? [single.reason ?? 'unspecified', single.revokedAt.toISOString().slice(0, 19)]
        : [single?.status],
  }
}

test('a compromised maker whose certificate was superseded: revoked again, and their standing kit decides nothing', async (t) => {
  const { core, admin, post } = await rulesScene(t)
  const maker = await invited(core, admin, 'administrator')
  const standing = await kit(core, maker.actor, post.id, { standingApproval: true })
  await answerKit(core, admin, standing.id)
  const { token } = await core.people.renewInvitation(maker.actor, maker.actor.id)
  await answerLink(core, admin, maker.actor.id)
  await acceptInvitation(core, token) // supersedes the certificate that the kit was made with
  assert.equal((await submit(core, await machine(), standing)).request.state, 'approved')
  const stolen = maker.actor.credential
  const before = await core.certificates.detail(admin, stolen)
  assert.deepEqual([before.revocationReason, before.may.revoke, before.may.compromise], ['superseded', false, true])
  const { ended, ...after } = await core.certificates.revoke(admin, stolen, 'keyCompromise')
  assert.deepEqual([after.revocationReason, after.may.compromise], ['keyCompromise', false])
  assert.deepEqual(ended, { certificates: 0, undone: 0 }, 'it had ended before')
  const asked = await submit(core, await machine(), standing, OTHER)
  assert.equal(asked.request.state, 'pending')
  const why = asked.findings.find(({ code }) => code === 'kit_standing_approval_withheld')
  assert.equal(why?.facts.why, 'made_with')
})

test('whatever it was revoked for: list, OCSP, log and request say the key is compromised, and the date stays', async (t) => {
  const { core, admin, inHand, later } = await rulesScene(t)
  for (const reason of [
    'superseded',
    'unspecified',
    'affiliationChanged',
    'cessationOfOperation',
    'privilegeWithdrawn',
  ] as const) {
    const pc = await machine()
    const { request } = await submit(core, pc, inHand, {
      commonName: `ws-${reason.toLowerCase().padEnd(26, 'x').slice(0, 26)}`,
    })
    const { certificate } = await approve(core, admin, request.number)
    const id = certificate!.id
    const first = await core.certificates.revoke(admin, id, reason)
    const date = first.revokedAt!.slice(0, 19)
    assert.deepEqual(await saidOf(core, admin, id), { list: [reason, date], ocsp: [reason, date] })
    later(60_000)
    const again = await core.certificates.revoke(admin, id, 'keyCompromise')
    assert.equal(again.revokedAt, first.revokedAt)
    assert.ok(again.compromisedAt! > first.revokedAt!)
    assert.deepEqual(await saidOf(core, admin, id), { list: ['keyCompromise', date], ocsp: ['keyCompromise', date] })
    const { state, reason: why, steps } = await core.requests.detail(admin, request.number)
    assert.deepEqual([state, why], ['revoked', 'keyCompromise'])
    assert.deepEqual(
      steps.filter(({ kind }) => kind === 'revoked').map((step) => step.reason),
      [reason, 'keyCompromise'],
    )
    const { items } = await core.audit.list(admin, { action: 'certificate.compromised' })
    assert.deepEqual([items[0]?.target.id, items[0]?.actor.name], [id, admin.name])
    const standing = await kit(core, admin, request.organisation!.id, { standingApproval: true })
    assert.equal((await submit(core, pc, standing, OTHER)).request.state, 'pending', 'its applicant key is marked')
  }
})

test('it is done once, towards this reason alone, and by those who may revoke', async (t) => {
  const { core, admin, post, inHand } = await rulesScene(t)
  const manager = (await invited(core, admin, 'manager', { organisation: post.id })).actor
  const foreign = await organisation(core, admin, 'OTHER', 'Another')
  const stranger = (await invited(core, admin, 'manager', { organisation: foreign.id, email: 'm2@desk.example' })).actor
  const auditor = (await invited(core, admin, 'auditor')).actor
  const { request } = await submit(core, await machine(), inHand)
  const { id } = (await approve(core, manager, request.number)).certificate!
  await core.certificates.revoke(manager, id, 'superseded')
  for (const reason of ['superseded', 'unspecified', 'cessationOfOperation'] as const) {
    const again = core.certificates.revoke(manager, id, reason)
    await assert.rejects(again, refused('certificate_already_revoked', { reason: 'superseded' }))
  }
  await assert.rejects(core.certificates.revoke(auditor, id, 'keyCompromise'), refused('not_found'))
  await assert.rejects(core.certificates.revoke(stranger, id, 'keyCompromise'), refused('not_found'))
  assert.equal((await core.certificates.detail(auditor, id)).may.compromise, false)
  await core.certificates.revoke(manager, id, 'keyCompromise')
  for (const reason of ['keyCompromise', 'superseded'] as const) {
    const again = core.certificates.revoke(manager, id, reason)
    await assert.rejects(again, refused('certificate_already_revoked', { reason: 'keyCompromise' }))
  }
  const { items } = await core.certificates.list(admin, { profile: 'ocsp-responder' })
  await assert.rejects(core.certificates.revoke(admin, items[0]!.id, 'keyCompromise'), refused('not_allowed'))
})

test('a list that could not say so at once is behind, and the job publishes it', async (t) => {
  const { core, admin, inHand, signers } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  const { id } = (await approve(core, admin, request.number)).certificate!
  await core.certificates.revoke(admin, id, 'superseded')
  signers.break(true)
  assert.equal((await core.certificates.revoke(admin, id, 'keyCompromise')).listed, false)
  signers.break(false)
  assert.equal((await saidOf(core, admin, id)).list[0], 'superseded')
  assert.equal(await core.revocation.publishDue(), 1)
  assert.equal((await saidOf(core, admin, id)).list[0], 'keyCompromise')
})

test('what stood behind a certificate past its end is marked when its key turns out compromised', async (t) => {
  const { core, admin, post, inHand, later } = await rulesScene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, inHand)
  const { id } = (await approve(core, admin, request.number)).certificate!
  later(400 * DAY)
  const { actor: next } = await firstAdministrator(core)
  await core.certificates.revoke(next, id, 'keyCompromise')
  const standing = await kit(core, next, post.id, { standingApproval: true })
  assert.equal((await submit(core, pc, standing, OTHER)).request.state, 'pending')
})

test('a compromise that reaches the last administrator’s certificate, here or in the other environment, is refused whole', async (t) => {
  const { core, admin } = await rulesScene(t)
  const key = await generateKeyPair('ec-p256')
  const csr = await csrOf(key, [])
  const from = { from: '192.0.2.7', agent: 'test' }
  const { token } = await core.people.inviteAdministrator(HOST, {
    environment: 'test',
    name: 'T',
    email: 't@x.example',
  })
  await core.invitations.accept({ token, csr, ...from })
  const link = await core.people.invite(admin, { name: 'Same Key', email: 's@x.example', role: 'auditor' })
  await core.invitations.accept({ token: link.token, csr, ...from })
  const { items } = await core.people.list(admin, { role: 'auditor' })
  const id = items[0]!.signIn!.certificate!
  await assert.rejects(core.certificates.revoke(admin, id, 'keyCompromise'), refused('last_administrator_certificate'))
  assert.equal((await core.certificates.detail(admin, id)).status, 'valid')
})
