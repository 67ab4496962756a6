import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  approve,
  firstAdministrator,
  kit,
  type Machine,
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

test('a stranger’s signed calls write nothing: no nonce, no line, no row', async (t) => {
  const { core, work } = await scene(t)
  const { inUnits } = counting(work)
  const stranger = await machine()
  for (let call = 0; call < 40; call++) {
    assert.deepEqual(await core.enrolment.listOwn(await stranger.actor(core), 'production'), { items: [] })
  }
  const { enrolment, recipients } = core
  const input = { how: 'installed', serial: '00' } as const
  for (const refusedCall of [enrolment.getOwn, enrolment.cancelOwn, enrolment.fetchOwn]) {
    await assert.rejects(refusedCall(await stranger.actor(core), 'production', 1), refused('applicant_not_owner'))
  }
  await assert.rejects(
    enrolment.confirmOwn(await stranger.actor(core), 'production', 1, input),
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
  for (const act of [core.enrolment.getOwn, core.enrolment.cancelOwn, core.enrolment.fetchOwn]) {
    await assert.rejects(act(await stranger.actor(core), 'production', number), refused('applicant_not_owner'))
  }
  assert.deepEqual((await core.enrolment.listOwn(await stranger.actor(core), 'production')).items, [])
  const own = await core.enrolment.listOwn(await pc.actor(core), 'production')
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
  const { enrolment } = core
  const as = () => pc.actor(core)
  const listed = async (environment: 'production' | 'test') =>
    (await enrolment.listOwn(await as(), environment)).items.map((one) => one.number)
  assert.deepEqual([await listed('production'), await listed('test')], [[number], [request.number]])
  const no = refused('applicant_not_owner')
  await assert.rejects(enrolment.getOwn(await as(), 'production', request.number), no)
  await assert.rejects(enrolment.cancelOwn(await as(), 'production', request.number), no)
  await assert.rejects(enrolment.fetchOwn(await as(), 'test', number), no)
  await assert.rejects(enrolment.confirmOwn(await as(), 'test', number, { how: 'installed', serial }), no)
  // A certificate of production opens no directory of test.
  const { recipients } = core
  assert.equal((await recipients.listAsApplicant(await as(), 'production', {})).items.length, 1)
  await assert.rejects(recipients.listAsApplicant(await as(), 'test', {}), refused('applicant_without_certificate'))
  assert.equal((await enrolment.cancelOwn(await as(), 'test', request.number)).state, 'cancelled')
})

test('a pending request is cancelled once, a decided one not at all', async (t) => {
  const { core, pc, inHand, approved } = await scene(t)
  const { request } = await submit(core, pc, inHand)
  assert.equal((await core.enrolment.cancelOwn(await pc.actor(core), 'production', request.number)).state, 'cancelled')
  const again = core.enrolment.cancelOwn(await pc.actor(core), 'production', request.number)
  await assert.rejects(again, refused('request_state_impossible', { state: 'cancelled' }))
  const { number } = await approved()
  const late = core.enrolment.cancelOwn(await pc.actor(core), 'production', number)
  await assert.rejects(late, refused('request_state_impossible', { state: 'approved', wanted: 'cancelled' }))
})

test('a certificate is fetched with its chain, as often as needed, and not before it is there', async (t) => {
  const { core, pc, inHand, approved } = await scene(t)
  const { request } = await submit(core, pc, inHand)
  const early = core.enrolment.fetchOwn(await pc.actor(core), 'production', request.number)
  await assert.rejects(early, refused('certificate_not_ready', { state: 'pending' }))
  const { number } = await approved()
  const first = await core.enrolment.fetchOwn(await pc.actor(core), 'production', number)
  const second = await core.enrolment.fetchOwn(await pc.actor(core), 'production', number)
  assert.equal(first.certificate, second.certificate)
  assert.equal(first.chain.length, 2)
  assert.equal(first.request.downloadedBy, 'user@post.example')
  assert.equal(first.request.downloadedAt, second.request.downloadedAt)
})

test('what is confirmed is the certificate that arrived; said twice, nothing changes', async (t) => {
  const { core, admin, pc, approved } = await scene(t)
  const { number, serial } = await approved()
  const confirm = async (how: 'installed' | 'downloaded', said = serial) =>
    core.enrolment.confirmOwn(await pc.actor(core), 'production', number, { how, serial: said })
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
  const { superseded } = await core.enrolment.confirmOwn(await pc.actor(core), 'production', second.number, input)
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
