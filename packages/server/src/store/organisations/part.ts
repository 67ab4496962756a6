import { type RawBuilder, sql } from 'kysely'

/** The service that something is of now, as `settling` of the core says it: none where that was closed. Null for none. */
export const partOf = (service: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`case when exists (select 1 from service where service.id = ${service} and service.closed_at is not null) then null else ${service} end`

/**
 * Whether rows of one owner are of two of its services, or one of a service and one of it as a whole. It says nothing of owners that have none.
 * @param kind of the owner of both
 */
export const isApart = (
  kind: RawBuilder<unknown>,
  one: RawBuilder<unknown>,
  other: RawBuilder<unknown>,
): RawBuilder<boolean> => sql`(${kind} = 'organisation' and (${one}) is distinct from (${other}))`
