import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { addressKeys } from '../core/mail-address.ts'
import { sizeOf } from '../core/paging.ts'
import type { RecipientReader } from '../core/recipients/recipient.port.ts'
import type { Scope } from '../core/scope.ts'
import type { Bound } from './bound.ts'
import { certificateEntries, certificateEntryOf } from './certificate-rows.ts'
import type { CodedRows } from './coded-rows.ts'
import { keyed, pageOf, textKeys } from './paging.ts'
import { inScope } from './scope.ts'
import { holds, typedWords } from './search.ts'

export const recipientStore = (db: Bound, coded: CodedRows): RecipientReader => ({
  async page(scope, query) {
    const size = sizeOf(query)
    let rows = certificateEntries(db)
      .innerJoin('credential', 'credential.certificate', 'certificate.id')
      .innerJoin('person', 'person.id', 'credential.person')
      .select(['person.id as person_id', 'person.name as person_name', 'person.name_folded', 'person.email'])
      .select('credential.id as credential_id')
      .where('credential.ended_at', 'is', null)
      .where('person.state', '=', 'active')
      .where('certificate.receives', '=', 1)
      .where('certificate.revoked_at', 'is', null)
      .where('certificate.not_before', '<=', query.now)
      .where('certificate.not_after', '>=', query.now)
      .where(reachable(scope))
    if (query.email !== undefined) rows = rows.where('person.email_folded', 'in', addressKeys(query.email))
    if (query.organisation !== undefined) rows = rows.where('person.organisation', '=', query.organisation)
    if (query.search?.trim()) {
      rows = rows.where(holds(['person.search', 'organisation.search'], typedWords(query.search)))
    }
    if (query.after !== undefined) {
      rows = rows.where(keyed(['person.name_folded', 'credential.id'], '>', textKeys(query.after)))
    }
    const ordered = rows.orderBy('person.name_folded').orderBy('credential.id')
    const found = await ordered.limit(size + 1).execute()
    const people = await peopleOf(
      db,
      found.map((row) => row.person_id),
    )
    const genuine = new Set(coded.allGenuine('person', people).map(({ id }) => id))
    const credentials = await credentialsOf(
      db,
      found.map((row) => row.credential_id),
    )
    const ways = new Set(coded.allGenuine('credential', credentials).map(({ id }) => id))
    return pageOf(
      found,
      size,
      (row) => [row.name_folded, row.credential_id],
      (row) => ({ name: row.person_name, email: row.email, certificate: certificateEntryOf(row) }),
      (rows) => rows.filter((row) => genuine.has(row.person_id) && ways.has(row.credential_id)),
    )
  },
})

const peopleOf = async (db: Bound, ids: readonly string[]) =>
  ids.length === 0 ? [] : db.selectFrom('person').selectAll().where('id', 'in', ids).execute()

const credentialsOf = async (db: Bound, ids: readonly string[]) =>
  ids.length === 0 ? [] : db.selectFrom('credential').selectAll().where('id', 'in', ids).execute()

/** Unlike `inScope`: the people of the desk, who have no organisation, are there for every organisation. */
const reachable = (scope: Scope): RawBuilder<SqlBool> =>
  scope.within === undefined
    ? inScope('person', scope)
    : sql<SqlBool>`(${inScope('person', scope)} or person.environment = ${scope.environment} and person.organisation is null)`
