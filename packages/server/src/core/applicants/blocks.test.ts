import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  approve,
  firstAdministrator,
  invited,
  kit,
  liftBlock,
  machine,
  openRulesDesk,
  organisation,
  profilesWhere,
  refused,
  submit,
} from '../../../test/rules-desk.ts'

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const other = await organisation(core, admin, 'OTHER', 'Another')
  const manager = (await invited(core, admin, 'manager', { organisation: post.id })).actor
  const foreign = (await invited(core, admin, 'manager', { organisation: other.id, email: 'm2@desk.example' })).actor
  const auditor = (await invited(core, admin, 'auditor')).actor
  const ours = await kit(core, admin, post.id)
  const theirs = await kit(core, admin, other.id)
  return { ...desk, admin, manager, foreign, auditor, ours, theirs }
}

test('a blocked applicant key asks for nothing any more, until the block is lifted', async (t) => {
  const { core, admin, ours } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, ours)
  await core.blocks.block(admin, pc.thumbprint, ' stolen laptop ')
  await core.blocks.block(admin, pc.thumbprint, 'again')
  await assert.rejects(submit(core, pc, ours), refused('applicant_blocked'))
  const { blocked, may } = await core.requests.detail(admin, request.number)
  assert.deepEqual([blocked?.reason, blocked?.by, may.block], ['stolen laptop', admin.name, true])
  assert.equal((await core.blocks.list(admin)).items.length, 1)
  await liftBlock(core, admin, pc.thumbprint)
  await submit(core, pc, ours)
  assert.deepEqual((await core.blocks.list(admin)).items, [])
  const lines = (await core.audit.list(admin, { action: 'applicant.' })).items.map(({ action }) => action)
  assert.deepEqual(lines, ['applicant.lifted', 'applicant.blocked'])
})

test('what a blocked key asked for before is not approved, until the block is lifted; it may be rejected, and taken back', async (t) => {
  const { core, admin, manager, ours, beforeNextUnit } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, ours)
  const { mark } = await core.requests.detail(manager, request.number)
  const blocked = refused('request_of_blocked', { request: request.number })
  beforeNextUnit(() => core.blocks.block(manager, pc.thumbprint, 'stolen'))
  await assert.rejects(core.requests.approve(manager, request.number, mark), blocked)
  await assert.rejects(approve(core, admin, request.number), blocked)
  const { may } = await core.requests.detail(manager, request.number)
  assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'request_of_blocked'])
  await liftBlock(core, manager, pc.thumbprint)
  assert.equal((await approve(core, manager, request.number)).state, 'approved')

  const other = await submit(core, await machine(), ours, { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' })
  const { applicant } = await core.requests.detail(manager, other.request.number)
  await core.blocks.block(manager, applicant!, 'stolen')
  assert.equal((await core.requests.reject(manager, other.request.number, 'stolen')).state, 'rejected')
})

test('a blocked key follows, fetches, confirms and reads nothing; it takes back what waits; where it is not blocked it goes on', async (t) => {
  const { core, admin, manager, ours, theirs } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, ours)
  const approved = await approve(core, manager, request.number)
  const waiting = (await submit(core, pc, ours, { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' })).request.number
  const foreign = (await submit(core, pc, theirs, { commonName: 'ws-cccccccccccccccccccccccccc' })).request.number
  const as = () => pc.actor(core)
  await core.blocks.block(manager, pc.thumbprint, 'stolen')
  const confirmation = { how: 'installed', serial: approved.certificate!.serial } as const
  for (const [what, act] of Object.entries({
    get: async () => core.enrolment.getOwn(await as(), 'production', request.number),
    fetch: async () => core.enrolment.fetchOwn(await as(), 'production', request.number),
    confirm: async () => core.enrolment.confirmOwn(await as(), 'production', request.number, confirmation),
    directory: async () => core.recipients.listAsApplicant(await as(), 'production', {}),
    submit: async () => submit(core, pc, ours),
  })) {
    await assert.rejects(act(), refused('applicant_blocked'), what)
  }
  assert.deepEqual(
    (await core.enrolment.listOwn(await as(), 'production')).items.map(({ number }) => number),
    [foreign],
  )
  assert.equal((await core.enrolment.cancelOwn(await as(), 'production', waiting)).state, 'cancelled')
  assert.equal((await core.requests.detail(admin, request.number)).downloadedAt, undefined)
  await core.blocks.block(admin, pc.thumbprint, 'stolen, everywhere')
  await assert.rejects(async () => core.enrolment.listOwn(await as(), 'production'), refused('applicant_blocked'))
  await assert.rejects(
    async () => core.enrolment.getOwn(await as(), 'production', foreign),
    refused('applicant_blocked'),
  )
  // One for the environment, and the manager's own: each is lifted by itself.
  for (let block = 0; block < 2; block++) await liftBlock(core, admin, pc.thumbprint)
  await core.enrolment.fetchOwn(await as(), 'production', request.number)
})

test('a key that is blocked while it asks is refused', async (t) => {
  const { core, admin, ours, beforeNextUnit } = await scene(t)
  const pc = await machine()
  await submit(core, pc, ours)
  beforeNextUnit(() => core.blocks.block(admin, pc.thumbprint, 'stolen'))
  await assert.rejects(submit(core, pc, ours), refused('applicant_blocked'))
})

test('a manager blocks for his organisation and for no other; an administrator for all', async (t) => {
  const { core, admin, manager, foreign, auditor, ours, theirs } = await scene(t)
  const pc = await machine()
  await submit(core, pc, ours)
  await assert.rejects(core.blocks.block(foreign, pc.thumbprint, 'not mine'), refused('not_found'))
  await assert.rejects(core.blocks.block(auditor, pc.thumbprint, 'no'), refused('not_allowed'))
  await assert.rejects(core.blocks.block(manager, pc.thumbprint, '  '), refused('reason_required'))
  await assert.rejects(core.blocks.block(manager, 'f'.repeat(64), 'who'), refused('not_found'))
  await core.blocks.block(manager, pc.thumbprint, 'stolen')
  await assert.rejects(submit(core, pc, ours), refused('applicant_blocked'))
  await submit(core, pc, theirs)
  assert.equal((await core.blocks.list(manager)).items.length, 1)
  assert.deepEqual((await core.blocks.list(foreign)).items, [])
  await assert.rejects(liftBlock(core, foreign, pc.thumbprint), refused('not_found'))
  await core.blocks.block(admin, pc.thumbprint, 'stolen, everywhere')
  await assert.rejects(submit(core, pc, theirs), refused('applicant_blocked'))
  await liftBlock(core, manager, pc.thumbprint)
  await assert.rejects(submit(core, pc, ours), refused('applicant_blocked'), 'the administrator’s block is not his')
  const refusals = (await core.audit.list(admin, { action: 'applicant.' })).items.filter(
    (one) => one.outcome === 'refused',
  )
  assert.equal(refusals.length, 5)
})

test('what managers have to do with no more is out of their reach: a key they blocked is not listed, nor lifted by them', async (t) => {
  const { core, admin, manager, auditor, ours, restart } = await scene(t)
  const pc = await machine()
  await submit(core, pc, ours)
  await core.blocks.block(manager, pc.thumbprint, 'stolen')
  await liftBlock(core, manager, pc.thumbprint)
  await core.blocks.block(manager, pc.thumbprint, 'stolen')
  assert.equal((await core.blocks.list(manager)).items.length, 1)

  const after = await restart(profilesWhere('workstation', { managers: false }))
  assert.deepEqual((await after.blocks.list(manager)).items, [])
  await assert.rejects(liftBlock(after, manager, pc.thumbprint), refused('not_found'))
  await assert.rejects(submit(after, pc, ours), refused('applicant_blocked'))
  for (const reader of [admin, auditor]) assert.equal((await after.blocks.list(reader)).items.length, 1)
  await liftBlock(after, admin, pc.thumbprint)
  await submit(after, pc, ours)
})
