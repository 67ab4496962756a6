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
  signedInAgain,
  submit,
} from '../../../test/rules-desk.ts'

const GONE = refused('not_found')

test('attack 17, M3: an auditor who manages one organisation is offered nothing at another, where every act is refused', async (t) => {
  const { core } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const post = await organisation(core, admin.actor)
  const other = await organisation(core, admin.actor, 'OTHER', 'Another')
  const mia = await invited(core, admin.actor, 'manager', { organisation: post.id })
  await core.grants.give(admin.actor, mia.actor.id, { role: 'auditor' })
  const both = await signedInAgain(core, mia)
  for (const { id, may } of [
    { id: other.id, may: false },
    { id: post.id, may: true },
  ]) {
    const inHand = await kit(core, admin.actor, id, { standingApproval: true })
    await core.kits.endStanding(admin.actor, inHand.id)
    const standing = await kit(core, admin.actor, id, { standingApproval: true })
    const pc = await machine()
    const { request } = await submit(core, pc, inHand)
    const seen = await core.requests.detail(both, request.number)
    const { why, ...offered } = seen.may
    assert.deepEqual(offered, {
      approve: may,
      reject: may,
      revoke: false,
      revokeNeeds: 'high',
      withdraw: false,
      block: may,
    })
    assert.deepEqual(why, may ? undefined : { code: 'not_allowed', facts: { right: 'decide_requests' } })
    assert.deepEqual((await core.kits.get(both, inHand.id)).may, { endStanding: false, rejectRequests: may })
    assert.deepEqual((await core.kits.get(both, standing.id)).may, { endStanding: may, rejectRequests: false })
    const listed = (await core.kits.list(both, {})).items.filter(({ may }) => may.endStanding || may.rejectRequests)
    assert.equal(
      listed.some(({ organisation }) => organisation.id === id),
      may,
    )
    if (!may) {
      await assert.rejects(core.requests.approve(both, request.number, seen.mark), GONE)
      await assert.rejects(core.requests.reject(both, request.number, 'no'), GONE)
      await assert.rejects(core.blocks.block(both, pc.thumbprint, 'no'), GONE)
      await assert.rejects(core.kits.endStanding(both, standing.id), GONE)
      await assert.rejects(core.rejectAll.ofKit(both, inHand.id, 'no'), GONE)
    }
    const { certificate } = await approve(core, admin.actor, request.number)
    assert.equal((await core.requests.detail(both, request.number)).may.revoke, may)
    const shown = await core.certificates.detail(both, certificate!.id)
    assert.deepEqual(shown.may, { revoke: may, revokeNeeds: 'high', compromise: false, madeWith: false })
    const revoking = core.certificates.revoke(both, certificate!.id, 'superseded')
    await (may ? revoking : assert.rejects(revoking, GONE))
  }
})
