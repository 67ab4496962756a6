import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** Whether a column holds one of the values; of none, never, which PostgreSQL has no list for. */
export const anyOf = (column: string, values: readonly string[]): RawBuilder<SqlBool> =>
  values.length === 0
    ? sql<SqlBool>`1 = 0`
    : sql<SqlBool>`${sql.ref(column)} in (${sql.join(values.map((value) => sql.val(value)))})`
