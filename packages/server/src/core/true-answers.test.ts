import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuse } from '@scel/contract/errors'
import { fromHex } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { crlEntry, parseCrl } from '@scel/pki/x509'
import {
  acceptInvitation,
  approve,
  coreOn,
  csrOf,
  derOf,
  firstAdministrator,
  invited,
  MINUTE,
  machine,
  openRulesDesk,
  refused,
  submit,
} from '../../test/rules-desk.ts'
import { rulesScene } from '../../test/rules-scene.ts'
import type { Work } from './work.ts'

// What is stored is never called refused: a key that is away, or a database that goes away after the commit, delays the
// rest and changes nothing about the answer.

test('F1: a submission with a standing approval whose certificate cannot be signed now succeeded, and says so', async (t) => {
  const { core, signers, reports, later, inHand } = await rulesScene(t, { standingApproval: true })
  const pc = await machine()
  signers.break(true)
  const { request } = await submit(core, pc, inHand)
  assert.deepEqual([request.state, request.certificate], ['approved', undefined])
  assert.deepEqual(reports, ['a certificate was decided and is not signed yet'])
  const early = core.enrolment.fetchOwn(await pc.actor(core), 'production', request.number)
  await assert.rejects(early, refused('certificate_not_ready', { state: 'approved' }))

  signers.break(false)
  later(2 * MINUTE)
  await core.completeOpen()
  const fetched = await core.enrolment.fetchOwn(await pc.actor(core), 'production', request.number)
  assert.ok(derOf(fetched.certificate).length > 0)
})

test('F1: an approval whose certificate cannot be signed now succeeded, and is not answered as a refusal', async (t) => {
  const { core, signers, reports, admin, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  const decided = await approve(core, admin, request.number)
  assert.deepEqual([decided.state, decided.certificate, reports.length], ['approved', undefined, 1])
  const lines = (await core.audit.list(admin, { action: 'request.approved' })).items.filter(
    ({ facts }) => !facts.standing,
  )
  assert.deepEqual(
    lines.map(({ outcome }) => outcome),
    ['done'],
  )
})

test('F3: a revocation stands when its list cannot be signed now: it is answered, and the job publishes', async (t) => {
  const { core, signers, reports, admin, inHand } = await rulesScene(t, { standingApproval: true })
  const { request } = await submit(core, await machine(), inHand)
  const auditor = await invited(core, admin, 'auditor')
  const { issuer, serial } = await core.certificates.detail(admin, request.certificate!.id)
  const listed = async (): Promise<boolean> => {
    const list = parseCrl((await core.revocation.crl(issuer.id))!.der)
    return crlEntry(list, fromHex(serial)) !== undefined
  }
  signers.break(true)
  const revoked = await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  assert.equal(revoked.status, 'revoked')
  await core.people.disable(admin, auditor.actor.id)
  assert.deepEqual(reports, ['a list is behind its revocations', 'a list is behind its revocations'])
  assert.equal(await listed(), false)
  signers.break(false)
  await core.revocation.publishDue()
  assert.equal(await listed(), true)
})

test('F1: a desk whose key is away while its list is due starts, and the lists of the others do not wait', async (t) => {
  const { core, signers, reports, restart, work, admin, inHand } = await rulesScene(t, { standingApproval: true })
  const { request } = await submit(core, await machine(), inHand)
  const auditor = await invited(core, admin, 'auditor')
  signers.break(true)
  await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  await core.people.disable(admin, auditor.actor.id)
  signers.break(false)
  signers.lose('production-machines')
  const next = await restart()
  assert.ok(reports.includes('lists that are due were not all published'))
  const people = (await work.read((stores) => stores.authorities.all())).find(
    ({ environment, purpose }) => environment === 'production' && purpose === 'people',
  )!
  const { entries } = (await next.revocation.crl(people.id))!
  assert.equal(entries, 1)
  await assert.rejects(next.revocation.publishDue(), AggregateError)
})

test('F3: an invitation that is spent and not signed yet says that it is stored; the same key gets its certificate', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { token } = await core.people.invite(admin, { name: 'A', email: 'a@desk.example', role: 'auditor' })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const accept = () => core.invitations.accept({ token, csr, from: '192.0.2.7', agent: 'test' })
  signers.break(true)
  await assert.rejects(accept(), refused('stored_incomplete'))
  await assert.rejects(accept(), refused('stored_incomplete'))
  signers.break(false)
  assert.match((await accept()).certificate, /BEGIN CERTIFICATE/)
  await assert.rejects(acceptInvitation(core, token), refused('invitation_spent'))
})

test('F3: a database that goes away after the commit: nobody is told that nothing was changed', async (t) => {
  const { core, work, signers, admin, inHand } = await rulesScene(t)
  const one = await submit(core, await machine(), inHand)
  const two = await submit(core, await machine(), inHand, { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' })

  let units = Number.POSITIVE_INFINITY
  const away = <T>(): Promise<T> => Promise.reject(refusal())
  const going: Work = {
    read: (run) => (units > 0 ? work.read(run) : away()),
    transaction: async (run) => (units > 0 ? work.transaction(run).finally(() => units--) : away()),
  }
  const desk = coreOn(going, signers)
  await desk.start()
  units = 1
  await assert.rejects(approve(desk, admin, one.request.number), refused('stored_incomplete'))
  units = 1
  await assert.rejects(desk.requests.reject(admin, two.request.number, 'no'), refused('stored_incomplete'))
  units = 0
  await assert.rejects(approve(desk, admin, two.request.number), refused('storage_unavailable'))
  const states = await Promise.all([one, two].map(({ request }) => core.requests.detail(admin, request.number)))
  assert.deepEqual(
    states.map(({ state }) => state),
    ['approved', 'rejected'],
  )
})

function refusal(): unknown {
  try {
    return refuse('storage_unavailable', {})
  } catch (error) {
    return error
  }
}
