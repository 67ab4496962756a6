import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { ONE_PARTY } from '../core/owner.ts'
import type { RevocationStore } from '../core/revocation/revocation.port.ts'
import type { Bound } from './bound.ts'
import { certificateOf } from './certificate-rows.ts'
import { endNamesOfCertificate } from './name-store.ts'
import { isApart, partOf } from './part.ts'
import { prepared } from './prepared.ts'
import { anywhere, anywhereOf, inScope, within } from './scope.ts'
import type { Tables } from './tables.ts'

/** The columns of a certificate that say how it ended. */
export const revocationStore = (db: Bound): RevocationStore => ({
  async compromisedWithOthers(now) {
    const { rows } = await compromisedWithOthers(db, { now })
    return rows.map(certificateOf)
  },

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

/** As `isSameParty` of the core says it. */
const isOfSameParty = sql<SqlBool>`(other.owner_kind = certificate.owner_kind
  and (other.owner_kind in (${sql.join(ONE_PARTY)}) or other.owner_id = certificate.owner_id)
  and not ${isApart(sql`other.owner_kind`, partOf(sql`other.service`), partOf(sql`certificate.service`))})`

const compromisedWithOthers = prepared((db, { now }: { readonly now: string }) =>
  db
    .selectFrom('certificate')
    .selectAll()
    .where('revoked_at', 'is not', null)
    .where('revocation_reason', '=', 'keyCompromise')
    .where(anywhere)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('certificate as other')
          .select('other.id')
          .whereRef('other.key_hash', '=', 'certificate.key_hash')
          .where(anywhereOf('other'))
          .where(isOfSameParty)
          .where('other.not_after', '>=', now)
          .where(sql<SqlBool>`(other.revoked_at is null or other.revocation_reason <> 'keyCompromise')`),
      ),
    )
    .orderBy('number'),
)
