import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { invited, kit, machine, organisation, refused, submit } from '../../../../test/rules-desk.ts'
import { rulesScene } from '../../../../test/rules-scene.ts'
import type { CoreConfig } from '../../config.ts'

async function scene(t: TestContext, config: Partial<CoreConfig> = {}) {
  const desk = await rulesScene(t, {}, config)
  const { core, inHand } = desk
  /** So many pending requests, each of a machine of its own. */
  const flood = async (count: number, with_ = inHand) => {
    for (let index = 0; index < count; index++) await submit(core, await machine(), with_, { commonName: name(index) })
  }
  return { ...desk, flood }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const name = (index: number): string =>
  `ws-${[...index.toString(32).padStart(26, '0')].map((digit) => LETTERS[Number.parseInt(digit, 32)]).join('')}`

test('one key floods the manager: it has so many pending requests and not more, until some are decided', async (t) => {
  const { core, admin, inHand } = await scene(t, { pendingPerApplicant: 3 })
  const pc = await machine()
  const ask = (index: number) => submit(core, pc, inHand, { commonName: name(index) })
  for (let index = 0; index < 3; index++) await ask(index)
  await assert.rejects(ask(3), refused('pending_too_many', { of: 'applicant', most: 3 }))
  const replacing = await ask(2) // takes the place of a pending one, so that it is none more
  assert.equal(replacing.replaced.length, 1)
  await core.requests.reject(admin, replacing.request.number, 'no')
  await ask(3)
})

test('one kit floods the manager with many keys: it has so many pending requests and not more', async (t) => {
  const { core, admin, inHand, post, flood } = await scene(t, { pendingPerKit: 4 })
  await flood(4)
  const more = submit(core, await machine(), inHand, { commonName: name(9) })
  await assert.rejects(more, refused('pending_too_many', { of: 'kit', most: 4 }))
  assert.equal((await core.kits.get(admin, inHand.id)).pending, 4)
  await flood(1, await kit(core, admin, post.id)) // another kit is not concerned
})

test('a standing approval leaves nothing pending, and so meets no limit of pending requests', async (t) => {
  const { core, admin, post, flood } = await scene(t, { pendingPerKit: 2 })
  await flood(5, await kit(core, admin, post.id, { standingApproval: true }))
  assert.equal((await core.requests.list(admin, {})).pending, 0)
})

test('a flood is rejected in one decision, whatever its size, by the manager too', async (t) => {
  const { core, admin, inHand, post, flood } = await scene(t, { pendingPerKit: 500 })
  const manager = (await invited(core, admin, 'manager', { organisation: post.id })).actor
  await flood(130)
  const kept = await submit(core, await machine(), await kit(core, admin, post.id), { commonName: name(999) })
  await assert.rejects(core.rejectAll.ofKit(manager, inHand.id, ' '), refused('reason_required'))
  const answer = await core.rejectAll.ofKit(manager, inHand.id, 'a flood')
  assert.deepEqual(answer, { rejected: 130, left: 0 })
  const { items, pending } = await core.requests.list(admin, { state: 'rejected', size: 200 })
  assert.deepEqual([items.length, pending], [130, 1])
  assert.deepEqual([items[0]?.reason, items[0]?.decidedBy], ['a flood', manager.name])
  assert.equal((await core.requests.detail(admin, kept.request.number)).state, 'pending')
  const [line, ...others] = (await core.audit.list(admin, { action: 'kit.requests_rejected' })).items
  assert.deepEqual([line?.outcome, line?.facts.number, others.length], ['done', 130, 1], 'and the refusal before')
  assert.deepEqual(await core.rejectAll.ofKit(admin, inHand.id, 'again'), { rejected: 0, left: 0 })
})

test('who rejects all of a kit rejects none of his own, and nothing of another organisation', async (t) => {
  const { core, admin, inHand, flood } = await scene(t)
  const elsewhere = await organisation(core, admin, 'OTHER', 'Another')
  const foreign = (await invited(core, admin, 'manager', { organisation: elsewhere.id })).actor
  const auditor = (await invited(core, admin, 'auditor')).actor
  await flood(2)
  await submit(core, await machine(), inHand, { commonName: name(7), email: admin.email! })
  await assert.rejects(core.rejectAll.ofKit(foreign, inHand.id, 'x'), refused('not_found'))
  await assert.rejects(core.rejectAll.ofKit(auditor, inHand.id, 'x'), refused('not_allowed'))
  assert.deepEqual(await core.rejectAll.ofKit(admin, inHand.id, 'a flood'), { rejected: 2, left: 1 })
})
