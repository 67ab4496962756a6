import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  firstAdministrator,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const standing = await kit(core, admin, post.id, { standingApproval: true })
  return { ...desk, admin, post, standing }
}

const why = (findings: readonly { code: string; facts: Readonly<Record<string, unknown>> }[]): unknown =>
  findings.find((one) => one.code === 'kit_standing_approval_withheld')?.facts.why

test('a standing approval decides at once, in its maker’s name', async (t) => {
  const { core, admin, standing } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, standing)
  assert.deepEqual([request.state, request.decidedBy], ['approved', admin.name])
  const { certificate } = await core.applicants.fetchOwn(await pc.actor(core), request.number)
  assert.equal((await core.judge.clientCertificate(pemDer(certificate))).certificate.request, request.number)
  const steps = (await core.requests.detail(admin, request.number)).steps.map((step) => step.kind)
  assert.deepEqual(steps, ['submitted', 'approved', 'issued', 'fetched'])
})

test('it is for workstations only', async (t) => {
  const { core, admin, post } = await scene(t)
  const servers = kit(core, admin, post.id, { enrolment: 'server', standingApproval: true })
  await assert.rejects(servers, refused('standing_approval_for_workstations'))
})

test('it is withheld from a request with its maker’s address', async (t) => {
  const { core, admin, standing } = await scene(t)
  const { request, findings } = await submit(core, await machine(), standing, { email: admin.email })
  assert.deepEqual([request.state, why(findings)], ['pending', 'own'])
})

test('it is withheld once its maker may no longer decide', async (t) => {
  const { core, admin, standing } = await scene(t)
  const second = await invited(core, admin, 'administrator')
  await core.people.disable(second.actor, admin.id)
  const { request, findings } = await submit(core, await machine(), standing)
  assert.deepEqual([request.state, why(findings)], ['pending', 'maker'])
})

test('it is withheld from a subject that was once revoked', async (t) => {
  const { core, admin, standing } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, standing)
  await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  const second = await submit(core, pc, standing)
  assert.deepEqual([second.request.state, why(second.findings)], ['pending', 'revoked'])
})

test('it is withheld from a subject that another applicant has, and lets the same one renew', async (t) => {
  const { core, standing } = await scene(t)
  const pc = await machine()
  const first = await submit(core, pc, standing)
  const other = await submit(core, await machine(), standing)
  assert.deepEqual([other.request.state, why(other.findings)], ['pending', 'conflict'])
  const renewal = await submit(core, pc, standing)
  assert.equal(why(renewal.findings), 'conflict', 'the other one is still pending')
  assert.equal(first.request.state, 'approved')
})

test('a machine renews under it again and again: what its own renewal superseded counts as no revocation', async (t) => {
  const { core, standing } = await scene(t)
  const pc = await machine()
  for (let round = 0; round < 3; round++) {
    const { request } = await submit(core, pc, standing)
    assert.equal(request.state, 'approved', `round ${round}`)
    const { serial } = request.certificate!
    const input = { how: 'installed', serial } as const
    const { superseded } = await core.applicants.confirmOwn(await pc.actor(core), request.number, input)
    assert.equal(superseded.length, round === 0 ? 0 : 1)
  }
})

const pemDer = (pem: string): Uint8Array => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
