import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { namedKinds } from '../../core/credential-kinds.ts'
import type { Instant } from '../../core/world.ts'

/** Whether a credential that lasts signs in now, by its row and that of its certificate, if it is one: for an order, or to find which to read. */
export const isGood = (now: Instant): RawBuilder<SqlBool> =>
  sql<SqlBool>`(credential.ended_at is null and credential.kind in (${sql.join(namedKinds())})
    and (credential.expires_at is null or credential.expires_at >= ${now})
    and (credential.certificate is null or (certificate.revoked_at is null and certificate.not_after >= ${now})))`

/** One of those that a person signs in with, by the rows; null where there is none. */
export const oneGood = (person: string, now: Instant): RawBuilder<string | null> =>
  sql<
    string | null
  >`(select credential.id from credential left join certificate on certificate.id = credential.certificate
    where credential.person = ${sql.ref(person)} and ${isGood(now)} limit 1)`

/**
 * An order of people: 0 whoever signs in, 1 whom a link lets in that is open, or was opened and what it makes is still to come, 2 who stays out.
 * @param person the table of people as it goes by in the query
 */
export const comesIn = (person: string, now: Instant): RawBuilder<number> => {
  const id = sql.ref(`${person}.id`)
  return sql<number>`case when ${sql.ref(`${person}.state`)} = 'disabled' then 2
    when ${oneGood(`${person}.id`, now)} is not null then 0
    when exists (select 1 from invitation as coming where coming.person = ${id} and (
      (coming.spent_at is null and coming.expires_at > ${now}) or (coming.spent_at is not null
        and not exists (select 1 from certificate as came where came.id = coming.spent_made)
        and not exists (select 1 from credential as made where made.id = coming.spent_made)))) then 1
    else 2 end`
}
