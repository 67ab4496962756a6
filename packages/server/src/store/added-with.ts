import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../core/scope.ts'
import { type Bound, engineOf } from './bound.ts'
import { inScope } from './scope.ts'

/**
 * A certificate, those that were added with it, and with those, ended or not, one after the other: a query of their ids. However many there are,
 * it is one statement.
 */
export function addedWith(db: Bound, scope: Scope, certificate: string): RawBuilder<string> {
  // The two halves compare alike: all texts of the tables do so byte by byte.
  const first = engineOf(db) === 'sqlite' ? sql`${certificate}` : sql`cast(${certificate} as text) collate "C"`
  return sql<string>`(with recursive added(id) as (
    select ${first} union
    select credential.certificate from added join credential on credential.made_with = added.id
      where credential.certificate is not null and ${inScope('credential', scope)}
  ) select id from added)`
}
