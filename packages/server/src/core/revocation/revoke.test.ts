import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstAdministrator, invited, openRulesDesk } from '../../../test/rules-desk.ts'
import { scopeOf } from '../actor.ts'
import { nowOf } from '../world.ts'
import { revokeWithin } from './revoke.ts'

test('of a certificate that was revoked before, nothing changes: neither reason nor date, and no line is added', async (t) => {
  const { core, work, now, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor } = await invited(core, admin, 'auditor')
  await core.certificates.revoke(admin, actor.certificate!, 'superseded')
  const row = () => work.read((stores) => stores.certificates.find(scopeOf(admin), actor.certificate!))
  const before = await row()
  later(1_000)
  const at = nowOf({ now })
  await work.transaction((stores) => revokeWithin(stores, admin, before!, at, 'keyCompromise'))
  assert.deepEqual(await row(), before)
  assert.equal((await core.audit.list(admin, { action: 'certificate.revoked' })).items.length, 1)
})
