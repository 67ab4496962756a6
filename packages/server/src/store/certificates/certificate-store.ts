import type { ProfileName } from '@scel/contract/values'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CertificateQuery, CertificateStore } from '../../core/issuance/certificate.port.ts'
import { sizeOf } from '../../core/paging.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { endNamesOfRequest } from '../keys/name-store.ts'
import { prepared } from '../opening/prepared.ts'
import { isApart, partOf } from '../organisations/part.ts'
import { anyOf } from '../queries/any-of.ts'
import { nextNumber } from '../queries/next-number.ts'
import { keyed, pageOf, SLICE, textKeys } from '../queries/paging.ts'
import { anywhere, inScope, scopesOf, within } from '../queries/scope.ts'
import { holds, typedWords } from '../search/search.ts'
import { enterWords, proposed } from '../search/search-words.ts'
import { certificateEntries, certificateEntryOf, certificateOf, certificateRow } from './certificate-rows.ts'

const MOST_OF_SUBJECT = 200
const MOST_OF_KEY = 50

export function certificateStore(db: Bound, { altered }: Pick<CodedRows, 'altered'>): CertificateStore {
  const all = () => db.selectFrom('certificate').selectAll()
  /** The last key of a slice, when there are rows beyond it. */
  const floorOf = async (scope: Scope, { after, organisation, service }: CertificateQuery) => {
    const floors: { readonly issued_at: string; readonly id: string }[] = []
    for (const one of scopesOf(scope)) {
      let rows = db.selectFrom('certificate').select(['issued_at', 'id']).where(inScope('certificate', one))
      if (organisation !== undefined) rows = rows.where('organisation', '=', organisation)
      if (service !== undefined) rows = rows.where('service', '=', service)
      if (after !== undefined) rows = rows.where(keyed(['issued_at', 'id'], '<', textKeys(after)))
      const newest = rows.orderBy('issued_at', 'desc').orderBy('id', 'desc')
      const [last, beyond] = await newest
        .offset(SLICE - 1)
        .limit(2)
        .execute()
      if (last && beyond) floors.push(last)
    }
    const [highest] = floors.sort(newestFirst)
    return highest && ([highest.issued_at, highest.id] as const)
  }
  return {
    async insert(certificate) {
      const row = certificateRow(certificate)
      const { number } = (await insertCertificate(db, row)).rows[0]!
      await enterWords(db, 'certificate', row.environment, number, row.search)
      const { request, notAfter } = certificate
      if (request === undefined) return
      await setEnd(db, { request, notAfter })
      await endNamesOfRequest(db, { request })
    },

    async find(scope, id) {
      const [row] = (await findCertificate(db, { ...within(scope), id })).rows
      return row && certificateOf(row)
    },

    async inBrief(scope, ids) {
      const rows = db.selectFrom('certificate').select(['id', 'serial', 'not_after', 'revoked_at'])
      const found = await rows.where(anyOf('certificate.id', ids)).where(inScope('certificate', scope)).execute()
      return new Map(
        found.map(({ id, serial, not_after: notAfter, revoked_at }) => [
          id,
          { id, serial, notAfter, isRevoked: revoked_at !== null },
        ]),
      )
    },

    async entry(scope, id) {
      const rows = certificateEntries(db).where('certificate.id', '=', id).where(inScope('certificate', scope))
      const row = await rows.executeTakeFirst()
      return row && certificateEntryOf(row)
    },

    async findBySerial(authority, serial) {
      const [row] = (await certificateBySerial(db, { authority, serial })).rows
      return row && certificateOf(row)
    },

    async ofSubject(scope, profile, subjectKey) {
      return (await certificatesOfSubject(db, { ...within(scope), profile, subjectKey })).rows.map(certificateOf)
    },

    async ofKey(scope, key) {
      return (await certificatesOfKey(db, { ...within(scope), key })).rows.map(certificateOf)
    },

    async everyOfKey(key) {
      return (await certificatesOfKeyAnywhere(db, { key })).rows.map(certificateOf)
    },

    async keysOfPerson(scope, person) {
      return (await keysOfPerson(db, { ...within(scope), person })).rows.map(({ key_hash }) => key_hash)
    },

    async goodOfPerson(scope, person) {
      const theirs = all().where('owner_id', '=', person).where(sql<SqlBool>`owner_kind = 'person'`)
      const good = theirs.where('revoked_at', 'is', null).where(inScope('certificate', scope))
      return (await good.orderBy('number').execute()).map(certificateOf)
    },

    async latestOf(authority, profile, now) {
      const issued = all().where('authority', '=', authority).where('profile', '=', profile)
      const rows = issued.where('not_before', '<=', now).where('not_after', '>', now)
      const newest = rows.orderBy('issued_at', 'desc').orderBy('number', 'desc')
      const row = await newest.limit(1).executeTakeFirst()
      return row && certificateOf(row)
    },

    async ending({ after, until, limit, last }) {
      let rows = all().where(anywhere).where('revoked_at', 'is', null)
      rows = rows.where('not_after', '>', after).where('not_after', '<=', until).where(isNewest)
      if (last) rows = rows.where(keyed(['not_after', 'id'], '>', [last.notAfter, last.id]))
      return (await rows.orderBy('not_after').orderBy('id').limit(limit).execute()).map(certificateOf)
    },

    tellPlanted: ({ id, environment }) => altered({ table: 'certificate', id, environment }),

    async countOf(authority) {
      const rows = db.selectFrom('certificate').select((eb) => eb.fn.countAll<number>().as('count'))
      return (await rows.where('authority', '=', authority).executeTakeFirstOrThrow()).count
    },

    async page(scope, query) {
      const size = sizeOf(query)
      const typed = query.search?.trim()
      const ways = typed ? waysOf(typed) : undefined
      const few = ways && (await proposed(db, 'certificate', scope.environment, ways))
      const floor = ways && !few ? await floorOf(scope, query) : undefined
      const newestOf = (one: Scope) => {
        let rows = certificateEntries(db, few).where(inScope('certificate', one))
        if (query.organisation !== undefined) rows = rows.where('certificate.organisation', '=', query.organisation)
        if (query.service !== undefined) rows = rows.where('certificate.service', '=', query.service)
        const profiles = one.own === undefined ? query.profiles : query.ownProfiles
        if (profiles) rows = rows.where(anyOf('certificate.profile', profiles))
        if (query.status) rows = rows.where(hasStatus(query.status, query.now))
        if (ways) rows = rows.where((eb) => eb.or(ways.map((words) => holds(['certificate.search'], words))))
        if (floor) rows = rows.where(keyed(['certificate.issued_at', 'certificate.id'], '>=', floor))
        if (query.after !== undefined) {
          const key = textKeys(query.after)
          rows = rows.where(keyed(['certificate.issued_at', 'certificate.id'], '<', key))
        }
        const newest = rows.orderBy('certificate.issued_at', 'desc').orderBy('certificate.id', 'desc')
        return newest.limit(size + 1).execute()
      }
      const all: Awaited<ReturnType<typeof newestOf>> = []
      for (const one of scopesOf(scope)) all.push(...(await newestOf(one)))
      const each = [...new Map(all.map((row) => [row.id, row])).values()]
      const found = each.sort(newestFirst).slice(0, size + 1)
      return pageOf(found, size, (row) => [row.issued_at, row.id], certificateEntryOf, undefined, floor)
    },
  }
}

/** Asked at every call of a person. */
const keysOfPerson = prepared((db, { person, ...scope }: Scope & { readonly person: string }) => {
  const keys = db.selectFrom('certificate').select('key_hash').distinct().where('owner_id', '=', person)
  return keys.where(sql<SqlBool>`owner_kind = 'person'`).where(inScope('certificate', scope))
})

// What every issuance asks, prepared.

const insertCertificate = prepared((db, row: ReturnType<typeof certificateRow>) =>
  db
    .insertInto('certificate')
    .values({ ...row, number: nextNumber(db, 'certificate') })
    .returning('number'),
)
const setEnd = prepared((db, { request, notAfter }: { readonly request: number; readonly notAfter: string }) =>
  db.updateTable('request').set({ certificate_ends: notAfter }).where('number', '=', request),
)
const findCertificate = prepared((db, { id, ...scope }: Scope & { readonly id: string }) =>
  db.selectFrom('certificate').selectAll().where('id', '=', id).where(inScope('certificate', scope)),
)

interface OfSubject extends Scope {
  readonly profile: ProfileName
  readonly subjectKey: string
}
/** Asked for every answer of OCSP. */
const certificateBySerial = prepared(
  (db, { authority, serial }: { readonly authority: string; readonly serial: string }) =>
    db.selectFrom('certificate').selectAll().where('authority', '=', authority).where('serial', '=', serial),
)
const certificatesOfSubject = prepared((db, { profile, subjectKey, ...scope }: OfSubject) => {
  const all = db.selectFrom('certificate').selectAll().where('profile', '=', profile)
  const rows = all.where('subject_key', '=', subjectKey).where(inScope('certificate', scope))
  return rows.orderBy('issued_at', 'desc').orderBy('number', 'desc').limit(MOST_OF_SUBJECT)
})
const certificatesOfKey = prepared((db, { key, ...scope }: Scope & { readonly key: string }) => {
  const all = db.selectFrom('certificate').selectAll().where('key_hash', '=', key)
  const rows = all.where(inScope('certificate', scope))
  return rows.orderBy('issued_at', 'desc').orderBy('number', 'desc').limit(MOST_OF_KEY)
})

const certificatesOfKeyAnywhere = prepared((db, { key }: { readonly key: string }) =>
  db.selectFrom('certificate').selectAll().where('key_hash', '=', key).where(anywhere).orderBy('number'),
)
/** What took its place ends later, and is the same owner's. */
const isNewest = sql<SqlBool>`not exists (select 1 from certificate as newer
  where newer.environment = certificate.environment and newer.profile = certificate.profile
    and newer.subject_key = certificate.subject_key and newer.not_after > certificate.not_after
    and newer.owner_kind = certificate.owner_kind and newer.owner_id = certificate.owner_id
    and not ${isApart(sql`newer.owner_kind`, partOf(sql`newer.service`), partOf(sql`certificate.service`))}
    and newer.organisation is not distinct from certificate.organisation and newer.revoked_at is null)`

/** `certificateStatus` of the core, in SQL: revoked outweighs expired. */
function hasStatus(status: NonNullable<CertificateQuery['status']>, now: string): RawBuilder<SqlBool> {
  if (status === 'revoked') return sql`certificate.revoked_at is not null`
  const ends = sql.raw(status === 'expired' ? '<' : '>=')
  return sql`certificate.revoked_at is null and certificate.not_after ${ends} ${now}`
}

/** As words, or as the beginning of a serial number, however its octets are set apart; many octets are no words. */
function waysOf(typed: string): readonly (readonly string[])[] {
  const words = typedWords(typed)
  const serial = typed.replace(/[\s:.-]/g, '').toLowerCase()
  if (words[0] === serial || !/^[0-9a-f]+$/.test(serial)) return [words]
  return OCTETS.test(typed) ? [[serial]] : [words, [serial]]
}
const OCTETS = /^[0-9a-f]{2}(?:[\s:.-]+[0-9a-f]{2}){3,}(?:[\s:.-]+[0-9a-f]?)?$/i

/** As the database orders them: byte by byte. */
const newestFirst = (
  one: { readonly issued_at: string; readonly id: string },
  other: { readonly issued_at: string; readonly id: string },
): number => compared(other.issued_at, one.issued_at) || compared(other.id, one.id)
const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
