import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, firstAdministrator, invited, machine, openRulesDesk, submit } from '../../../test/rules-desk.ts'
import { rulesScene } from '../../../test/rules-scene.ts'
import { createFollowing } from '../followers.ts'
import { scopeFor } from '../rights/rights.ts'
import { nowOf } from '../world.ts'

test('of a certificate that was revoked before, nothing changes: neither reason nor date, and no line is added', async (t) => {
  const { core, work, now, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor } = await invited(core, admin, 'auditor')
  await core.certificates.revoke(admin, actor.credential, 'superseded')
  const row = () =>
    work.read((stores) => stores.certificates.find(scopeFor(admin, 'read_certificates'), actor.credential))
  const before = await row()
  later(1_000)
  const at = nowOf({ now })
  const { revoker } = createFollowing()
  await work.transaction((stores) => revoker.revokeWithin(stores, admin, before!, at, 'keyCompromise'))
  assert.deepEqual(await row(), before)
  assert.equal((await core.audit.list(admin, { action: 'certificate.revoked' })).items.length, 1)
})

test('a request whose certificate came to its end stays expired, though the certificate is revoked afterwards', async (t) => {
  const { core, now, later, admin: first, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  const { certificate } = await approve(core, first, request.number)
  later(Date.parse(certificate!.notAfter) - now().getTime() + 1)
  await core.requests.expireDue()
  const { actor: admin } = await firstAdministrator(core) // whose own certificate had ended too
  const { ended } = await core.certificates.revoke(admin, certificate!.id, 'keyCompromise')
  assert.deepEqual(ended, { certificates: 1, undone: 0 })
  const { state, reason, steps } = await core.requests.detail(admin, request.number)
  assert.deepEqual([state, reason, steps.at(-1)?.kind], ['expired', undefined, 'expired'])
})
