import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  approve,
  firstAdministrator,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'

test('a manager hears of his organisation’s requests, and of nobody else’s, nor of people', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const [post, other] = [await organisation(core, admin), await organisation(core, admin, 'OTHER', 'Other')]
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
  const since = await core.live.latest()
  const mine = await submit(core, await machine(), await kit(core, admin, post.id))
  const theirs = await submit(core, await machine(), await kit(core, admin, other.id))
  const heard = async (actor: typeof admin) => (await core.live.after(actor, since)).events.map(({ event }) => event)
  const requests = (events: Awaited<ReturnType<typeof heard>>) =>
    events.filter((event) => event.kind === 'request').map((event) => Number(event.id))
  assert.deepEqual(requests(await heard(manager)), [mine.request.number])
  assert.deepEqual(requests(await heard(admin)), [mine.request.number, theirs.request.number])
  assert.ok((await heard(manager)).every((event) => event.kind !== 'person' && event.kind !== 'session'))
  const { last, events } = await core.live.after(admin, since)
  assert.equal(last, events.at(-1)?.id)
  assert.deepEqual(await core.live.after(admin, last), { events: [], last, more: false })
})

test('managers hear and count nothing of servers and of people’s certificates, and see no kit for servers', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
  const servers = await kit(core, admin, post.id, { profile: 'server' })
  const plain = await kit(core, admin, post.id)
  const ofServer = { commonName: 'shop.post.example' }
  const decided = await submit(core, await machine(), servers, ofServer)
  const view = await approve(core, admin, decided.request.number)
  await submit(core, await machine(), servers, { commonName: 'mail.post.example' })
  const mine = await submit(core, await machine(), plain)
  const all = (await core.live.after(admin, 0)).events.map(({ event }) => `${event.kind} ${event.id}`)
  const own = (await core.certificates.detail(manager, manager.credential)).request!
  const heard = (await core.live.after(manager, 0)).events.map(({ event }) => `${event.kind} ${event.id}`)
  for (const secret of [
    `request ${decided.request.number}`,
    `certificate ${view.certificate!.id}`,
    `kit ${servers.id}`,
  ]) {
    assert.ok(all.includes(secret), secret)
    assert.ok(!heard.includes(secret), secret)
  }
  assert.deepEqual(
    [...new Set(heard)].filter((one) => one !== `certificate ${manager.credential}` && one !== `request ${own}`),
    [`organisation ${post.id}`, `kit ${plain.id}`, `request ${mine.request.number}`],
  )
  const counts = async (actor: typeof admin) => (await core.organisations.get(actor, post.id)).counts
  assert.deepEqual(await counts(admin), { managers: 1, kits: 2, pending: 2, certificates: 2 })
  assert.deepEqual(await counts(manager), { managers: 1, kits: 1, pending: 1, certificates: 0 })
  const [listed] = (await core.organisations.list(manager, {})).items
  assert.deepEqual(listed?.counts, await counts(manager))
  assert.deepEqual(
    (await core.kits.list(manager, {})).items.map(({ id }) => id),
    [plain.id],
  )
  await core.certificates.revoke(admin, view.certificate!.id, 'superseded')
  assert.deepEqual((await core.live.after(manager, 0)).events.length, heard.length)
})

test('a listener is told after a unit that left something, and not after one that was refused', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await organisation(core, admin)
  let told = 0
  const stop = core.live.onChange(() => told++)
  await assert.rejects(organisation(core, admin), refused('organisation_code_taken'))
  assert.equal(told, 0)
  await organisation(core, admin, 'OTHER')
  assert.equal(told, 1)
  stop()
  await organisation(core, admin, 'THIRD')
  assert.equal(told, 1)
})

test('the log is for administrators and auditors', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
  await assert.rejects(core.audit.list(manager, {}), refused('not_allowed'))
  const { items } = await core.audit.list(admin, { action: 'organisation.' })
  assert.deepEqual(
    items.map(({ action, outcome, target, actor }) => ({ action, outcome, name: target.name, by: actor.name })),
    [{ action: 'organisation.created', outcome: 'done', name: 'J1CFRA', by: 'Ada Administrator' }],
  )
})
