import { type RawBuilder, sql } from 'kysely'
import { type Bound, engineOf } from './bound.ts'

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

/** The number of the row that is written next, within the statement that writes it. */
export function nextNumber(db: Bound, table: NumberedTable): RawBuilder<number> {
  if (engineOf(db) === 'sqlite') return afterTheLast(table)
  const [count, far] = [sql.lit(`${table}_count`), sql.lit(FAR)]
  // A sequence only goes up: where a row that is seen has a higher number than was just given, somebody put it back. Lines that others are writing
  // are not seen: a number of theirs is a conflict, and the unit is run again.
  return sql`(select case when next.given >= ${far} or exists (select 1 from ${sql.table(table)} as taken where taken.number between next.given and ${far} - 1)
      then pg_catalog.setval(${count}::regclass, ${afterTheLast(table)}) else next.given end
    from (select case when last_value >= ${far} then ${far} else pg_catalog.nextval(${count}::regclass) end as given
      from ${sql.table(`${table}_count`)}) as next)`
}

/** One more than the last; where somebody has put that as far as it goes, the first that is free after one that is there. */
function afterTheLast(table: NumberedTable): RawBuilder<number> {
  const [of, number, end] = [sql.table(table), sql.ref(NUMBERED[table]), sql.lit(FAR - 1)]
  return sql`(select case when given.last < ${end} then given.last + 1 else
      (select coalesce(min(one.${number}) + 1, 1) from ${of} as one where one.${number} between 0 and ${end} - 1
        and not exists (select 1 from ${of} as other where other.${number} = one.${number} + 1)) end
    from (select coalesce((select ${number} from ${of} where ${number} between 0 and ${end}
      order by ${number} desc limit 1), 0) as last) as given)`
}
