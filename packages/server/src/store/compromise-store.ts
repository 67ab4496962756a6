import { type SqlBool, sql } from 'kysely'
import type { CompromiseStore } from '../core/revocation/compromise.port.ts'
import type { Bound } from './bound.ts'

export const compromiseStore = (db: Bound): CompromiseStore => ({
  async add(marks, { certificate, at }) {
    if (marks.length === 0) return
    const rows = db.insertInto('compromise').values(marks.map((mark) => ({ ...mark, certificate, at })))
    await rows.onConflict((conflict) => conflict.doNothing()).execute()
  },

  async among(marks) {
    if (marks.length === 0) return []
    const rows = db.selectFrom('compromise').select(['kind', 'value'])
    const pairs = marks.map(({ kind, value }) => sql<SqlBool>`(kind = ${kind} and value = ${value})`)
    return rows.where((eb) => eb.or(pairs)).execute()
  },
})
