import type { Selectable } from 'kysely'
import type { CrlStore } from '../core/revocation/crl.port.ts'
import type { Crl } from '../core/revocation/crl.ts'
import type { Bound } from './bound.ts'
import type { CrlRow } from './tables.ts'

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

  async newest(authority) {
    const rows = db
      .selectFrom('crl')
      .select(['number', 'this_update', 'next_update', 'entries', 'covers'])
      .where('authority', '=', authority)
    const row = await rows.orderBy('number', 'desc').limit(1).executeTakeFirst()
    if (!row) return undefined
    const { number, this_update: thisUpdate, next_update: nextUpdate, entries, covers } = row
    return { authority, number, thisUpdate, nextUpdate, entries, covers }
  },

  async latest(authority) {
    const rows = db.selectFrom('crl').selectAll().where('authority', '=', authority)
    const row = await rows.orderBy('number', 'desc').limit(1).executeTakeFirst()
    return row && crlOf(row)
  },

  async numbered(authority, number) {
    const rows = db.selectFrom('crl').selectAll().where('authority', '=', authority)
    const row = await rows.where('number', '=', number).executeTakeFirst()
    return row && crlOf(row)
  },
})

const crlOf = ({ this_update: thisUpdate, next_update: nextUpdate, ...row }: Selectable<CrlRow>): Crl => ({
  ...row,
  ...{ thisUpdate, nextUpdate },
})

/** Lists kept per authority, to look back at: the newest alone is served. */
const KEPT = 10
