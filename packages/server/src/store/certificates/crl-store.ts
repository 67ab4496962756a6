import type { Selectable } from 'kysely'
import type { CrlStore } from '../../core/revocation/crl.port.ts'
import type { CrlFacts } from '../../core/revocation/crl.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import type { CrlRow } from '../tables.ts'
import { digestOf } from './list-digest.ts'

// A list is what the desk wrote, octets and all, or it is not there: whoever signs a list says its number and its dates in it, and they
// are written into the row under one code with the digest of the octets.

export function crlStore(db: Bound, coded: CodedRows): CrlStore {
  const of = (authority: string) => db.selectFrom('crl').where('authority', '=', authority)
  return {
    async insert({ authority, number, der, thisUpdate, nextUpdate, entries, covers }) {
      // Numbers go on after what the desk wrote, whatever somebody has put there.
      const taken = await of(authority).select(COLUMNS).where('number', '>=', number).execute()
      for (const row of taken) {
        if (coded.genuine('crl', row)) continue
        await db.deleteFrom('crl').where('authority', '=', authority).where('number', '=', row.number).execute()
      }
      const dates = { this_update: thisUpdate, next_update: nextUpdate }
      const row = coded.sealed('crl', { authority, number, digest: digestOf(der), ...dates, entries, covers })
      await db
        .insertInto('crl')
        .values({ ...row, der })
        .execute()
      await db
        .deleteFrom('crl')
        .where('authority', '=', authority)
        .where('number', '<=', number - KEPT)
        .execute()
    },

    async newest(authority) {
      const rows = of(authority).select(COLUMNS).orderBy('number', 'desc')
      let below: number | undefined
      for (let most = 1; ; most = MANY) {
        const few = below === undefined ? rows : rows.where('number', '<', below)
        const found = await few.limit(most).execute()
        const row = found.find((one) => coded.genuine('crl', one))
        if (row) return factsOf(row)
        if (found.length < most) return undefined
        below = found.at(-1)!.number
      }
    },

    async numbered(authority, number) {
      const found = await of(authority).selectAll().where('number', '=', number).executeTakeFirst()
      const row = coded.genuine('crl', found)
      if (!row) return undefined
      if (digestOf(row.der) === row.digest) return { ...factsOf(row), der: row.der }
      coded.altered({ table: 'crl', id: `${authority} ${number}` })
      return undefined
    },
  }
}

/** All but the octets. */
const COLUMNS = [
  ...(['authority', 'number', 'digest', 'this_update', 'next_update'] as const),
  ...(['entries', 'covers', 'row_code'] as const),
] as const

const factsOf = (row: Pick<Selectable<CrlRow>, (typeof COLUMNS)[number]>): CrlFacts => ({
  ...{ authority: row.authority, number: row.number },
  ...{ thisUpdate: row.this_update, nextUpdate: row.next_update },
  ...{ entries: row.entries, covers: row.covers },
})

/** Lists kept per authority, to look back at: the newest alone is served. */
const KEPT = 10
/** Rows that are read at once where the first was not the desk's. */
const MANY = 100
