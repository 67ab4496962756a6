import { type RawBuilder, sql } from 'kysely'
import { namedKinds } from '../../core/credential-kinds.ts'
import { isWhole, type Scope } from '../../core/scope.ts'
import { type Bound, engineOf } from '../bound.ts'

/**
 * What somebody signed in with, what lasts and was added with it, and with that, ended or not, one after the other: a query of their ids. However
 * many there are, it is one statement. What was made with them is a `crossJoin` after it, and found by index: SQLite begins where that is written to
 * begin.
 */
export function addedWith(db: Bound, scope: Scope, credential: string): RawBuilder<{ id: string }> {
  // The two halves compare alike: all texts of the tables do so byte by byte.
  const first = engineOf(db) === 'sqlite' ? sql`${credential}` : sql`cast(${credential} as text) collate "C"`
  // Nobody adds one across environments; a condition on theirs would have SQLite make an index of that for each, and so would one on the kind alone.
  const isSeen = isWhole(scope) ? sql`1 = 1` : sql`1 = 0`
  return sql<{ id: string }>`(with recursive added(id) as (
    select ${first} union
    select credential.id from added join credential on credential.made_with = added.id
      where case when credential.kind in (${sql.join(namedKinds())}) then 1 else 0 end = 1 and ${isSeen}
  ) select id from added)`
}
