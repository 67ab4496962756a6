import { type SqlBool, sql } from 'kysely'
import type { CompromiseStore } from '../../core/revocation/compromise.port.ts'
import type { Mark } from '../../core/revocation/compromise.ts'
import type { Bound } from '../bound.ts'
import { prepared } from '../opening/prepared.ts'
import { present } from '../queries/optional.ts'

export const compromiseStore = (db: Bound): CompromiseStore => ({
  async add(marks, { certificate, at }) {
    if (marks.length === 0) return
    const rows = db.insertInto('compromise').values(marks.map((mark) => ({ ...mark, certificate, at })))
    await rows.onConflict((conflict) => conflict.doNothing()).execute()
  },

  async among(marks) {
    if (marks.length === 0) return []
    const kinds = marks.map(({ kind }) => kind)
    const { rows } = await compromisedAmong(db, { kinds, values: marks.map(({ value }) => value) })
    return rows.map(({ kind, value, ...of }) => ({ kind, value, ...present(of) }))
  },
})

/** Asked at every submission. A kind and the value beside it are one mark. */
const compromisedAmong = prepared(
  (db, { kinds, values }: { readonly kinds: readonly Mark['kind'][]; readonly values: readonly string[] }) => {
    const pairs = kinds.map(
      (kind, at) => sql<SqlBool>`(compromise.kind = ${kind} and compromise.value = ${values[at]})`,
    )
    return db
      .selectFrom('compromise')
      .leftJoin('certificate', 'certificate.id', 'compromise.certificate')
      .select(['compromise.kind', 'compromise.value'])
      .select(['certificate.organisation', 'certificate.service', 'certificate.profile'])
      .where((eb) => eb.or(pairs))
  },
)
