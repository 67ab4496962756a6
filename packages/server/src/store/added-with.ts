import { type RawBuilder, sql } from 'kysely'
import { isWhole, type Scope } from '../core/scope.ts'
import { type Bound, engineOf } from './bound.ts'

/**
 * A certificate, those that were added with it, and with those, ended or not, one after the other: a query of their ids. However many there are,
 * it is one statement. What was made with them is a `crossJoin` after it, and found by index: SQLite begins where that is written to begin.
 */
export function addedWith(db: Bound, scope: Scope, certificate: string): RawBuilder<{ id: string }> {
  // The two halves compare alike: all texts of the tables do so byte by byte.
  const first = engineOf(db) === 'sqlite' ? sql`${certificate}` : sql`cast(${certificate} as text) collate "C"`
  // Nobody adds one across environments; a condition on theirs would have SQLite make an index of that for each.
  const isSeen = isWhole(scope) ? sql`1 = 1` : sql`1 = 0`
  return sql<{ id: string }>`(with recursive added(id) as (
    select ${first} union
    select credential.certificate from added join credential on credential.made_with = added.id
      where credential.certificate is not null and ${isSeen}
  ) select id from added)`
}
