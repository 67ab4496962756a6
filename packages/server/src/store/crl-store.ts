import type { CrlStore } from '../core/revocation/crl.port.ts'
import type { Bound } from './bound.ts'

export const crlStore = (db: Bound): CrlStore => ({
  async insert({ authority, number, der, thisUpdate, nextUpdate, entries, covers }) {
    const values = { authority, number, der, this_update: thisUpdate, next_update: nextUpdate, entries, covers }
    await db.insertInto('crl').values(values).execute()
    await db
      .deleteFrom('crl')
      .where('authority', '=', authority)
      .where('number', '<=', number - KEPT)
      .execute()
  },

  async latest(authority) {
    const rows = db.selectFrom('crl').selectAll().where('authority', '=', authority)
    const row = await rows.orderBy('number', 'desc').limit(1).executeTakeFirst()
    if (!row) return undefined
    const { number, der, this_update: thisUpdate, next_update: nextUpdate, entries, covers } = row
    return { authority, number, der, thisUpdate, nextUpdate, entries, covers }
  },
})

/** Lists kept per authority, to look back at: the newest alone is served. */
const KEPT = 10
