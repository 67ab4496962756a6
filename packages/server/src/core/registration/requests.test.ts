import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import {
  approve,
  DAY,
  firstAdministrator,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'
import { createRequests } from './requests.ts'

const HOST_NAME = [{ type: 'commonName', value: 'www.post.example' }] as const

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const admin = (await firstAdministrator(core)).actor
  const post = await organisation(core, admin)
  const manager = (await invited(core, admin, 'manager', { organisation: post.id })).actor
  const workstations = await kit(core, admin, post.id)
  const servers = await kit(core, admin, post.id, { profile: 'server' })
  return { ...desk, admin, post, manager, workstations, servers }
}

test('a manager approves a workstation of his organisation, and the certificate is there when he is told', async (t) => {
  const { core, manager, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations)
  const approved = await approve(core, manager, request.number)
  assert.equal(approved.state, 'approved')
  assert.equal(approved.decidedBy, manager.name)
  assert.deepEqual(
    approved.steps.map(({ kind, beforehand }) => [kind, beforehand]),
    ['submitted', 'approved', 'issued'].map((kind) => [kind, undefined]),
  )
  const certificate = await core.certificates.detail(manager, approved.certificate!.id)
  assert.equal(certificate.subject, approved.subject)
  assert.equal(certificate.request, request.number)
})

test('when two decide at once, one wins and the other is told who decided what', async (t) => {
  const { core, admin, manager, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations)
  const both = await Promise.allSettled([
    approve(core, manager, request.number),
    core.requests.reject(admin, request.number, 'not ours'),
  ])
  const lost = both.filter((one) => one.status === 'rejected')
  assert.equal(lost.length, 1)
  const { state, decidedBy } = await core.requests.detail(admin, request.number)
  assert.ok(refused('request_decided_already', { state, by: decidedBy })(lost[0]!.reason))
})

test('two approvals at once make one certificate', async (t) => {
  const { core, admin, manager, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations)
  const both = await Promise.allSettled([manager, admin].map((actor) => approve(core, actor, request.number)))
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await core.certificates.list(admin, { profile: 'workstation' })).items.length, 1)
})

test('what was decided between looking and deciding is seen, whichever came first', async (t) => {
  const { core, admin, manager, workstations, beforeNextUnit } = await scene(t)
  const first = (await submit(core, await machine(), workstations)).request.number
  beforeNextUnit(() => core.requests.reject(admin, first, 'not ours'))
  const facts = { state: 'rejected', by: admin.name }
  await assert.rejects(approve(core, manager, first), refused('request_decided_already', facts))
  const second = (await submit(core, await machine(), workstations)).request.number
  beforeNextUnit(() => approve(core, admin, second))
  await assert.rejects(core.requests.reject(manager, second, 'no'), refused('request_decided_already'))
  assert.equal((await core.requests.detail(admin, second)).state, 'approved')
})

test('a server request is decided by the administrator only, and does not exist for a manager', async (t) => {
  const { core, admin, manager, servers } = await scene(t)
  const { request } = await submit(core, await machine(), servers, { subject: HOST_NAME })
  await assert.rejects(approve(core, manager, request.number), refused('not_found'))
  await assert.rejects(core.requests.detail(manager, request.number), refused('not_found'))
  assert.deepEqual(await core.requests.list(manager, { profile: 'server' }), { items: [], pending: 0 })
  const approved = await approve(core, admin, request.number)
  const { extendedUsages, names } = await core.certificates.detail(admin, approved.certificate!.id)
  assert.deepEqual({ extendedUsages, names }, { extendedUsages: ['serverAuth'], names: ['www.post.example'] })
})

test('other organisations do not exist for a manager, whatever id he guesses', async (t) => {
  const { core, admin, manager } = await scene(t)
  const other = await organisation(core, admin, 'OTHER', 'Another post')
  const { request } = await submit(core, await machine(), await kit(core, admin, other.id))
  const approved = await approve(core, admin, request.number)
  const id = approved.certificate!.id
  await assert.rejects(core.requests.detail(manager, request.number), refused('not_found'))
  await assert.rejects(core.requests.reject(manager, request.number, 'no'), refused('not_found'))
  await assert.rejects(core.certificates.detail(manager, id), refused('not_found'))
  await assert.rejects(core.certificates.revoke(manager, id, 'unspecified'), refused('not_found'))
  await assert.rejects(core.organisations.get(manager, other.id), refused('not_found'))
  assert.equal((await core.organisations.list(manager, {})).items.length, 1)
  assert.equal((await core.kits.list(manager, { organisation: other.id })).items.length, 0)
  assert.equal((await core.requests.list(manager, {})).items.length, 0)
})

test('the other environment does not exist either', async (t) => {
  const { core, admin, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations)
  const tester = (await firstAdministrator(core, 'test')).actor
  await assert.rejects(approve(core, tester, request.number), refused('not_found'))
  assert.equal((await core.people.list(tester, {})).items.length, 1)
  assert.equal((await core.people.list(admin, {})).items.length, 2)
})

test('nobody decides a request with his own address, or from his own key', async (t) => {
  const { core, admin, manager, post, workstations } = await scene(t)
  const byAddress = await submit(core, await machine(), workstations, { email: manager.email!.toUpperCase() })
  await assert.rejects(approve(core, manager, byAddress.request.number), refused('own_request'))
  await assert.rejects(core.requests.reject(manager, byAddress.request.number, 'no'), refused('own_request'))
  const seen = await core.requests.detail(manager, byAddress.request.number)
  assert.equal(seen.may.why?.code, 'own_request')
  await approve(core, admin, byAddress.request.number)

  const second = await invited(core, admin, 'manager', { organisation: post.id, email: 'two@desk.example' })
  const pc = await machine()
  const own = { ...second.actor, keys: [pc.thumbprint] }
  const byApplicant = await submit(core, pc, workstations, { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' })
  await assert.rejects(approve(core, own, byApplicant.request.number), refused('own_request'))
})

test('an auditor reads and decides nothing', async (t) => {
  const { core, admin, workstations } = await scene(t)
  const { actor } = await invited(core, admin, 'auditor')
  const { request } = await submit(core, await machine(), workstations)
  assert.equal((await core.requests.list(actor, {})).pending, 1)
  assert.deepEqual((await core.requests.detail(actor, request.number)).may.why, {
    code: 'not_allowed',
    facts: { right: 'decide_requests' },
  })
  await assert.rejects(approve(core, actor, request.number), refused('not_allowed'))
  await assert.rejects(core.requests.reject(actor, request.number, 'no'), refused('not_allowed'))
})

test('a rejection has a reason, which the applicant reads', async (t) => {
  const { core, manager, workstations } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, workstations)
  await assert.rejects(core.requests.reject(manager, request.number, '  \n'), refused('reason_required'))
  await core.requests.reject(manager, request.number, 'unknown machine')
  const { state, reason } = await core.enrolment.getOwn(await pc.actor(core), 'production', request.number)
  assert.deepEqual({ state, reason }, { state: 'rejected', reason: 'unknown machine' })
  await assert.rejects(approve(core, manager, request.number), refused('request_decided_already'))
})

test('a refused decision is in the log', async (t) => {
  const { core, admin, manager, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations, { email: manager.email! })
  await assert.rejects(approve(core, manager, request.number))
  const [event] = (await core.audit.list(admin, { action: 'request.approved' })).items
  assert.equal(event?.outcome, 'refused')
  assert.equal(event?.facts.code, 'own_request')
  assert.equal(event?.actor.name, manager.name)
})

test('a key revoked while its request was pending is not certified again', async (t) => {
  const { core, manager, workstations } = await scene(t)
  const pc = await machine()
  const { generateKeyPair } = await import('@scel/pki/crypto')
  const key = await generateKeyPair('ec-p256')
  const first = await submit(core, pc, workstations, { key })
  const approved = await approve(core, manager, first.request.number)
  const second = await submit(core, pc, workstations, { key })
  await core.certificates.revoke(manager, approved.certificate!.id, 'keyCompromise')
  await assert.rejects(approve(core, manager, second.request.number), refused('csr_key_revoked'))
  await assert.rejects(submit(core, pc, workstations, { key }), refused('csr_key_revoked'))
})

test('revocation ends the request, with its reason and who did it', async (t) => {
  const { core, manager, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations)
  const approved = await approve(core, manager, request.number)
  const detail = await core.certificates.revoke(manager, approved.certificate!.id, 'cessationOfOperation')
  assert.deepEqual([detail.status, detail.revocationReason], ['revoked', 'cessationOfOperation'])
  const after = await core.requests.detail(manager, request.number)
  assert.deepEqual([after.state, after.reason], ['revoked', 'cessationOfOperation'])
  const last = after.steps.at(-1)
  assert.deepEqual([last?.kind, last?.actor.name], ['revoked', manager.name])
  const again = core.certificates.revoke(manager, approved.certificate!.id, 'superseded')
  await assert.rejects(again, refused('certificate_already_revoked', { reason: 'cessationOfOperation' }))
})

test('what nobody decides ends, and so does what outlives its certificate', async (t) => {
  const { core, admin, manager, workstations, later } = await scene(t)
  const first = await submit(core, await machine(), workstations)
  await approve(core, manager, first.request.number)
  const second = await submit(core, await machine(), workstations)
  assert.equal(await core.requests.expireDue(), 0)
  later(61 * DAY)
  await core.requests.expireDue()
  assert.equal((await core.requests.detail(admin, second.request.number)).state, 'expired')
  assert.equal((await core.requests.detail(admin, first.request.number)).state, 'approved')
  later(305 * DAY)
  await core.requests.expireDue()
  assert.equal((await core.requests.detail(admin, first.request.number)).state, 'expired')
  assert.equal(await core.requests.expireDue(), 0)
})

test('a manager who asks for servers is shown none of the workstations instead, and asking for those gets them', async (t) => {
  const { core, admin, manager, workstations } = await scene(t)
  const { request } = await submit(core, await machine(), workstations)
  assert.deepEqual(await core.requests.list(manager, { profile: 'server' }), { items: [], pending: 1 })
  for (const query of [{}, { profile: 'workstation' }] as const) {
    const { items, pending } = await core.requests.list(manager, query)
    assert.deepEqual([items.map(({ number }) => number), pending], [[request.number], 1])
  }
  assert.equal((await core.requests.list(admin, { profile: 'server' })).items.length, 0)
  assert.equal((await core.requests.list(admin, { profile: 'workstation' })).items.length, 1)
})

test('all that is due ends in one go, however many batches it takes, and nobody asks once too often', async () => {
  const asked: number[] = []
  for (const batches of [[3], [100, 100, 7], [100, 0]]) {
    const left = [...batches]
    asked.length = 0
    const over = { number: 1, state: 'rejected' } // what has ended already is passed over
    const due = async ({ limit }: { limit: number }) => {
      asked.push(limit)
      return Array(left.shift() ?? assert.fail('asked again')).fill(over)
    }
    const { expireDue } = createRequests({
      work: { transaction: (run: (stores: object) => unknown) => run({ requests: { due } }) },
      world: { now: () => new Date() },
      config: { pendingDays: 60 },
    } as unknown as Parameters<typeof createRequests>[0])
    assert.equal(
      await expireDue(),
      batches.reduce((sum, count) => sum + count),
    )
    assert.deepEqual(asked, Array(batches.length).fill(100))
  }
})

test('what was found stays as it was decided upon, whoever asks for the same afterwards', async (t) => {
  const { core, admin, workstations } = await scene(t)
  const first = await submit(core, await machine(), workstations)
  const approved = await approve(core, admin, first.request.number)
  const second = await submit(core, await machine(), workstations)
  const foreign = await organisation(core, admin, 'FOREIGN', 'Foreign')
  await submit(core, await machine(), await kit(core, admin, foreign.id))
  const now = await core.requests.detail(admin, first.request.number)
  assert.deepEqual([now.findings, now.conflicting], [approved.findings, []])
  assert.ok(second.findings.some(({ code }) => code === 'name_certified_elsewhere'))
})
