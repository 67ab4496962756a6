import type { ExpressionBuilder } from 'kysely'
import type { RevocationStore } from '../../core/revocation/revocation.port.ts'
import type { Bound } from '../bound.ts'
import { endNamesOfCertificate } from '../keys/name-store.ts'
import { inScope, within } from '../queries/scope.ts'
import type { Tables } from '../tables.ts'

/** The columns of a certificate that say how it ended. */
export const revocationStore = (db: Bound): RevocationStore => ({
  async revokedOf(authority, now) {
    const rows = db.selectFrom('certificate').select(['serial', 'revoked_at', 'revocation_reason'])
    const revoked = rows.where('authority', '=', authority).where('revoked_at', 'is not', null)
    const listed = revoked.where('not_after', '>=', now).orderBy('revoked_at').orderBy('number')
    const found = await listed.execute()
    return found.map((row) => ({ serial: row.serial, at: row.revoked_at!, reason: row.revocation_reason! }))
  },

  async countRevoked(authority) {
    const count = (eb: ExpressionBuilder<Tables, 'certificate'>) => eb.fn.countAll<number>().as('count')
    const rows = db.selectFrom('certificate').select(count).where('authority', '=', authority)
    const revoked = await rows.where('revoked_at', 'is not', null).executeTakeFirstOrThrow()
    const changed = rows.where('revoked_at', 'is not', null).where('compromised_at', 'is not', null)
    return revoked.count + (await changed.executeTakeFirstOrThrow()).count
  },

  async revoke(scope, id, at, reason) {
    const update = db.updateTable('certificate').set({ revoked_at: at, revocation_reason: reason })
    const first = update.where('id', '=', id).where('revoked_at', 'is', null)
    const { numUpdatedRows } = await first.where(inScope('certificate', scope)).executeTakeFirst()
    if (numUpdatedRows > 0n) await endNamesOfCertificate(db, { certificate: id })
  },

  async compromise(scope, id, at) {
    const update = db.updateTable('certificate').set({ revocation_reason: 'keyCompromise', compromised_at: at })
    const revoked = update.where('id', '=', id).where('revoked_at', 'is not', null)
    const other = revoked.where('revocation_reason', '<>', 'keyCompromise')
    await other.where(inScope('certificate', within(scope))).execute()
  },
})
