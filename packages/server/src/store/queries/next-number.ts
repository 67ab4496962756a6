import { type RawBuilder, sql } from 'kysely'
import { type Bound, engineOf } from '../bound.ts'

// What a database counts up to by itself, others than the desk can move: SQLite keeps it in a table that no guard can stand on, and a role that may
// use a sequence may set it. So the desk says the number of each row that it writes, whatever is counted there.

/** Tables whose rows it numbers so, and the column that is theirs. */
export const NUMBERED = {
  request: 'number',
  request_step: 'number',
  authority: 'number',
  certificate: 'number',
  intent: 'number',
  name_in_force: 'number',
  delivery: 'number',
  outbox: 'id',
} as const
export type NumberedTable = keyof typeof NUMBERED

/** No row of the desk comes to it: what has a number from here on, somebody else gave it. */
export const FAR: number = 2 ** 52

/**
 * Nor does one come to as many as there are milliseconds since 1970 by the database's clock. Numbers go on below what has more, and that bound moves
 * away faster than they follow, so that they never come to an end and begin again, wherever somebody puts the last row.
 */
export const boundOf = (db: Bound): RawBuilder<number> =>
  engineOf(db) === 'sqlite'
    ? sql`cast((julianday('now') - 2440587.5) * 86400000 as integer)`
    : sql`(extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint`

/** The number of the row that is written next, within the statement that writes it. */
export function nextNumber(db: Bound, table: NumberedTable): RawBuilder<number> {
  const engine = engineOf(db)
  const bound = boundOf(db)
  if (engine === 'sqlite') return afterTheLast(table, bound)
  const count = sql.lit(`${table}_count`)
  // A sequence only goes up: where a row that is seen has a higher number than was just given, somebody put it back. Lines that others are writing
  // are not seen: a number of theirs is a conflict, and the unit is run again. The bound is another one a millisecond later, so what is above it is
  // said by a number that no bound comes to.
  return sql`(select case when next.given >= ${bound} or exists (select 1 from ${sql.table(table)} as taken where taken.number >= next.given and taken.number < ${bound})
      then pg_catalog.setval(${count}::regclass, ${afterTheLast(table, bound)}) else next.given end
    from (select case when last_value >= ${bound} then ${sql.lit(FAR)} else pg_catalog.nextval(${count}::regclass) end as given
      from ${sql.table(`${table}_count`)}) as next)`
}

/** One more than the last below the bound. */
export const afterLast = (db: Bound, table: NumberedTable): RawBuilder<number> => afterTheLast(table, boundOf(db))

const afterTheLast = (table: NumberedTable, bound: RawBuilder<number>): RawBuilder<number> =>
  sql`(select coalesce((select ${sql.ref(NUMBERED[table])} from ${sql.table(table)} where ${sql.ref(NUMBERED[table])} >= 0
    and ${sql.ref(NUMBERED[table])} < ${bound} order by ${sql.ref(NUMBERED[table])} desc limit 1), 0) + 1)`
