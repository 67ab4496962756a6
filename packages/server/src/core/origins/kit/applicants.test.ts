import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { applicantSignedBytes, formatApplicantHeader } from '@scel/contract/applicant'
import { utf8 } from '@scel/pki/bytes'
import { generateKeyPair, sign } from '@scel/pki/crypto'
import {
  approve,
  firstAdministrator,
  kit,
  type Machine,
  MINUTE,
  machine,
  organisation,
  refused,
  submit,
} from '../../../../test/rules-desk.ts'
import { rulesScene } from '../../../../test/rules-scene.ts'
import type { Work } from '../../work.ts'

async function scene(t: TestContext) {
  const desk = await rulesScene(t)
  const { core, admin, inHand } = desk
  const pc = await machine()
  /** A request of this machine, approved. */
  const approved = async (from: Machine = pc) => {
    const { request } = await submit(core, from, inHand)
    const { certificate } = await approve(core, admin, request.number)
    return { number: request.number, ...certificate! }
  }
  return { ...desk, pc, approved }
}

const CALL = { method: 'POST', path: '/api/enrolment/requests/1/cancel', request: 1, body: utf8('{}') }

async function signedHeader(
  desk: string,
  nonce: string,
  call: typeof CALL = CALL,
  key: Machine['key'] | undefined = undefined,
): Promise<string> {
  const pair = key ?? (await generateKeyPair('ec-p256'))
  const signature = await sign(pair.privateKey, await applicantSignedBytes({ ...call, desk, nonce }))
  return formatApplicantHeader({ key: pair.publicKey, nonce, signature })
}

test('a signature fits one call: neither another path, body, request, method nor desk', async (t) => {
  const { core } = await scene(t)
  const { nonce, desk } = await core.applicants.newNonce()
  const header = await signedHeader(desk, nonce)
  const check = (call: typeof CALL) => core.applicants.check(call, header, '')
  await check(CALL)
  const no = refused('applicant_signature_invalid')
  await assert.rejects(check({ ...CALL, path: '/api/enrolment/requests/2/cancel' }), no)
  await assert.rejects(check({ ...CALL, request: 2 }), no)
  await assert.rejects(check({ ...CALL, method: 'GET' }), no)
  await assert.rejects(check({ ...CALL, body: utf8('{} ') }), no)
  await assert.rejects(core.applicants.check(CALL, await signedHeader('another-desk', nonce), ''), no)
})

test('a call without header, with garbage, or with a key that is not P-256 has its own code each', async (t) => {
  const { core } = await scene(t)
  const check = (header: string | undefined) => core.applicants.check(CALL, header, '')
  await assert.rejects(check(undefined), refused('applicant_signature_missing'))
  await assert.rejects(check('Bearer x'), refused('applicant_signature_invalid'))
  const { nonce, desk } = await core.applicants.newNonce()
  const p384 = await generateKeyPair('ec-p384')
  await assert.rejects(check(await signedHeader(desk, nonce, CALL, p384)), refused('applicant_key_refused'))
})

test('a nonce is ours, young, and good for one act, refused acts included', async (t) => {
  const { core, pc, inHand, later } = await scene(t)
  await submit(core, pc, inHand)
  const { nonce, desk } = await core.applicants.newNonce()
  const forged = `${nonce.slice(0, -2)}${nonce.endsWith('AA') ? 'BB' : 'AA'}`
  const no = refused('applicant_nonce_unknown')
  await assert.rejects(core.applicants.check(CALL, await signedHeader(desk, forged), ''), no)
  const actor = await pc.actor(core)
  await assert.rejects(core.applicants.getOwn(actor, 'production', 99), refused('applicant_not_owner'))
  await assert.rejects(core.applicants.listOwn(actor, 'production'), refused('applicant_nonce_spent'))
  later(11 * MINUTE)
  await assert.rejects(core.applicants.check(CALL, await signedHeader(desk, nonce), ''), no)
})

test('a nonce is good after a restart, and a spent one stays spent', async (t) => {
  const { core, pc, inHand, restart } = await scene(t)
  await submit(core, pc, inHand)
  const unspent = await pc.actor(core)
  const spent = await pc.actor(core)
  await core.applicants.listOwn(spent, 'production')
  const next = await restart()
  assert.equal(await next.deskId(), await core.deskId())
  await assert.rejects(next.applicants.listOwn(spent, 'production'), refused('applicant_nonce_spent'))
  await next.applicants.listOwn(unspent, 'production')
})

test('a stranger’s signed calls write nothing: no nonce, no line, no row', async (t) => {
  const { core, work } = await scene(t)
  const { inUnits } = counting(work)
  const stranger = await machine()
  for (let call = 0; call < 40; call++) {
    assert.deepEqual(await core.applicants.listOwn(await stranger.actor(core), 'production'), { items: [] })
  }
  const { applicants, recipients } = core
  const input = { how: 'installed', serial: '00' } as const
  for (const refusedCall of [applicants.getOwn, applicants.cancelOwn, applicants.fetchOwn]) {
    await assert.rejects(refusedCall(await stranger.actor(core), 'production', 1), refused('applicant_not_owner'))
  }
  await assert.rejects(
    applicants.confirmOwn(await stranger.actor(core), 'production', 1, input),
    refused('applicant_not_owner'),
  )
  const seen = recipients.listAsApplicant(await stranger.actor(core), 'production', {})
  await assert.rejects(seen, refused('applicant_without_certificate'))
  assert.equal(inUnits(), 0)
})

test('an applicant follows, cancels and fetches his own requests, and nobody else’s', async (t) => {
  const { core, pc, approved } = await scene(t)
  const { number } = await approved()
  const stranger = await machine()
  for (const act of [core.applicants.getOwn, core.applicants.cancelOwn, core.applicants.fetchOwn]) {
    await assert.rejects(act(await stranger.actor(core), 'production', number), refused('applicant_not_owner'))
  }
  assert.deepEqual((await core.applicants.listOwn(await stranger.actor(core), 'production')).items, [])
  const own = await core.applicants.listOwn(await pc.actor(core), 'production')
  assert.deepEqual(
    own.items.map((one) => one.number),
    [number],
  )
})

test('F: an applicant of both environments sees and acts on the requests of the one that they name', async (t) => {
  const { core, pc, approved } = await scene(t)
  const { number, serial } = await approved()
  const { actor: tester } = await firstAdministrator(core, 'test')
  const trial = await organisation(core, tester)
  const { request } = await submit(core, pc, await kit(core, tester, trial.id))
  const { applicants } = core
  const as = () => pc.actor(core)
  const listed = async (environment: 'production' | 'test') =>
    (await applicants.listOwn(await as(), environment)).items.map((one) => one.number)
  assert.deepEqual([await listed('production'), await listed('test')], [[number], [request.number]])
  const no = refused('applicant_not_owner')
  await assert.rejects(applicants.getOwn(await as(), 'production', request.number), no)
  await assert.rejects(applicants.cancelOwn(await as(), 'production', request.number), no)
  await assert.rejects(applicants.fetchOwn(await as(), 'test', number), no)
  await assert.rejects(applicants.confirmOwn(await as(), 'test', number, { how: 'installed', serial }), no)
  // A certificate of production opens no directory of test.
  const { recipients } = core
  assert.equal((await recipients.listAsApplicant(await as(), 'production', {})).items.length, 1)
  await assert.rejects(recipients.listAsApplicant(await as(), 'test', {}), refused('applicant_without_certificate'))
  assert.equal((await applicants.cancelOwn(await as(), 'test', request.number)).state, 'cancelled')
})

test('a pending request is cancelled once, a decided one not at all', async (t) => {
  const { core, pc, inHand, approved } = await scene(t)
  const { request } = await submit(core, pc, inHand)
  assert.equal((await core.applicants.cancelOwn(await pc.actor(core), 'production', request.number)).state, 'cancelled')
  const again = core.applicants.cancelOwn(await pc.actor(core), 'production', request.number)
  await assert.rejects(again, refused('request_state_impossible', { state: 'cancelled' }))
  const { number } = await approved()
  const late = core.applicants.cancelOwn(await pc.actor(core), 'production', number)
  await assert.rejects(late, refused('request_state_impossible', { state: 'approved', wanted: 'cancelled' }))
})

test('a certificate is fetched with its chain, as often as needed, and not before it is there', async (t) => {
  const { core, pc, inHand, approved } = await scene(t)
  const { request } = await submit(core, pc, inHand)
  const early = core.applicants.fetchOwn(await pc.actor(core), 'production', request.number)
  await assert.rejects(early, refused('certificate_not_ready', { state: 'pending' }))
  const { number } = await approved()
  const first = await core.applicants.fetchOwn(await pc.actor(core), 'production', number)
  const second = await core.applicants.fetchOwn(await pc.actor(core), 'production', number)
  assert.equal(first.certificate, second.certificate)
  assert.equal(first.chain.length, 2)
  assert.equal(first.request.downloadedBy, 'user@post.example')
  assert.equal(first.request.downloadedAt, second.request.downloadedAt)
})

test('what is confirmed is the certificate that arrived; said twice, nothing changes', async (t) => {
  const { core, admin, pc, approved } = await scene(t)
  const { number, serial } = await approved()
  const confirm = async (how: 'installed' | 'downloaded', said = serial) =>
    core.applicants.confirmOwn(await pc.actor(core), 'production', number, { how, serial: said })
  await assert.rejects(confirm('installed', '00'), refused('input_invalid', { where: 'serial' }))
  assert.equal((await confirm('downloaded')).request.state, 'downloaded')
  assert.equal((await confirm('installed')).request.state, 'installed')
  assert.equal((await confirm('installed')).request.state, 'installed')
  await assert.rejects(confirm('downloaded'), refused('request_state_impossible'))
  const kinds = (await core.requests.detail(admin, number)).steps.map((step) => step.kind)
  assert.deepEqual(kinds, ['submitted', 'approved', 'issued', 'downloaded', 'installed'])
})

test('an installed certificate supersedes the same applicant’s earlier one, and nobody else’s', async (t) => {
  const { core, admin, pc, approved } = await scene(t)
  const first = await approved()
  const other = await approved(await machine())
  const second = await approved()
  const states = async () => {
    const found = []
    for (const one of [first, other, second]) found.push((await core.requests.detail(admin, one.number)).state)
    return found
  }
  assert.deepEqual(await states(), ['approved', 'approved', 'approved'], 'nothing is revoked before it is replaced')
  const input = { how: 'installed', serial: second.serial } as const
  const { superseded } = await core.applicants.confirmOwn(await pc.actor(core), 'production', second.number, input)
  assert.deepEqual(superseded, [first.serial])
  assert.deepEqual(await states(), ['revoked', 'approved', 'installed'])
  assert.equal((await core.certificates.detail(admin, first.id)).revocationReason, 'superseded')
  const { authority } = (await core.certificates.detail(admin, first.id)).chain[1]!
  assert.equal((await core.revocation.crl(authority!))?.entries, 1)
})

/** How many units were written since. */
function counting(work: Work): { inUnits(): number } {
  let units = 0
  const transaction = work.transaction.bind(work)
  ;(work as { transaction: Work['transaction'] }).transaction = (run) => {
    units++
    return transaction(run)
  }
  return { inUnits: () => units }
}
