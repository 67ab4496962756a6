import type { ProfileName, RequestState } from '@scel/contract/values'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { sizeOf } from '../../core/paging.ts'
import type { Brought, RequestQuery, RequestStore } from '../../core/registration/request.port.ts'
import type { OriginKind } from '../../core/registration/request.ts'
import { partsOf, type Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import { type OwnerColumns, ownerRow } from '../certificates/owner-columns.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { endNamesOfRequest } from '../keys/name-store.ts'
import { prepared } from '../opening/prepared.ts'
import { isApart, partOf } from '../organisations/part.ts'
import { anyOf } from '../queries/any-of.ts'
import { afterLast, FAR, nextNumber } from '../queries/next-number.ts'
import { present } from '../queries/optional.ts'
import { numberKey, pageOf, SLICE } from '../queries/paging.ts'
import { anywhere, inScope, scopesOf, within } from '../queries/scope.ts'
import { fold, holds, typedWords } from '../search/search.ts'
import { enterWords, proposed } from '../search/search-words.ts'
import {
  changeRow,
  requestEntryOf as entryWith,
  requestEntries,
  requestRow,
  requestOf as requestWith,
  stepRow,
  stepsOf,
} from './request-rows.ts'

const MOST_OF_SUBJECT = 200
const MOST_OF_KEY = 50
/** States in which a request claims no name any more. */
const ENDS: ReadonlySet<RequestState> = new Set(['rejected', 'cancelled', 'revoked', 'expired'])
// In the very words of the partial indexes: a parameter would hide from the database that they fit.
const waiting = sql<SqlBool>`state = 'pending'`
const takenBack = sql<SqlBool>`state = 'cancelled'`
const certified = sql<SqlBool>`certificate_ends is not null and state in ('approved', 'installed', 'downloaded')`

export function requestStore(db: Bound, { altered }: Pick<CodedRows, 'altered'>): RequestStore {
  const requestOf = (row: Parameters<typeof requestWith>[0]) => requestWith(row, altered)
  const requestEntryOf = (row: Parameters<typeof entryWith>[0]) => entryWith(row, altered)
  const all = () => db.selectFrom('request').selectAll()
  /** The last number of a slice, when there are rows beyond it. */
  const floorOf = async (scope: Scope, { after, organisation, service }: RequestQuery): Promise<number | undefined> => {
    const floors: number[] = []
    for (const one of scopesOf(scope)) {
      let rows = db.selectFrom('request').select('number').where(inScope('request', one))
      if (organisation !== undefined) rows = rows.where('organisation', '=', organisation)
      if (service !== undefined) rows = rows.where('service', '=', service)
      if (after !== undefined) rows = rows.where('number', '<', numberKey(after))
      const last = await rows
        .orderBy('number', 'desc')
        .offset(SLICE - 1)
        .limit(2)
        .execute()
      if (last.length > 1) floors.push(last[0]!.number)
    }
    return floors.length === 0 ? undefined : Math.max(...floors)
  }
  return {
    async insert(request) {
      const row = requestRow(request)
      const { number } = (await insertRequest(db, row)).rows[0]!
      await enterWords(db, 'request', row.environment, number, `${row.search} ${number}`)
      return number
    },

    async next() {
      const { rows } = await sql<{ next: number }>`select ${afterLast(db, 'request')} as next`.execute(db)
      return rows[0]!.next
    },

    async find(scope, number) {
      const [row] = (await findRequest(db, { ...within(scope), number })).rows
      return row && requestOf(row)
    },

    async entry(scope, number) {
      const rows = requestEntries(db).where('request.number', '=', number).where(inScope('request', scope))
      const row = await rows.executeTakeFirst()
      return row && requestEntryOf(row)
    },

    async update(scope, number, change) {
      const row = changeRow(change)
      if (Object.keys(row).length === 0) return
      const update = db.updateTable('request').set(row).where('number', '=', number)
      const { numUpdatedRows } = await update.where(inScope('request', scope)).executeTakeFirst()
      if (numUpdatedRows > 0n && change.state && ENDS.has(change.state))
        await endNamesOfRequest(db, { request: number })
    },

    async addStep(scope, number, step) {
      await insertStep(db, { ...within(scope), ...stepRow(number, step) })
    },

    async steps(scope, number) {
      const rows = db
        .selectFrom('request_step')
        .innerJoin('request', 'request.number', 'request_step.request')
        .selectAll('request_step')
        .where('request.number', '=', number)
        .where(inScope('request', scope))
      return stepsOf(await rows.orderBy('request_step.number').execute(), scope, altered)
    },

    async knowsOwner(scope, owner, profiles) {
      const given = { ...within(scope), ...ownerRow(owner), ...(profiles && { profiles }) }
      return (await anyOfOwner(db, given)).rows.length > 0
    },

    async countPendingOf(of, most) {
      return (await pendingNumbers(db, { ...columnsOf(of), most })).rows.length
    },

    async submittedOf(of, many) {
      const before = many - 1
      const { rows } = await ('owner' in of
        ? submittedByOwner(db, { ...ownerRow(of.owner), before })
        : takenBackFrom(db, { ...originRow(of.origin), network: of.network, before }))
      return rows[0]?.submitted_at
    },

    async pendingOfOrigin(scope, origin, after, limit) {
      const rows = all()
        .where(waiting)
        .where(isOf(originRow(origin)))
        .where('number', '>', after)
        .where('number', '<', FAR)
      return (await rows.where(inScope('request', scope)).orderBy('number').limit(limit).execute()).map(requestOf)
    },

    async entryOfOwner(scope, owner, number) {
      const rows = requestEntries(db)
        .where('request.number', '=', number)
        .where(isOf(ownerRow(owner)))
      const row = await rows.where(inScope('request', scope)).executeTakeFirst()
      return row && requestEntryOf(row)
    },

    async entriesOfOwner(scope, owner, limit) {
      const rows = requestEntries(db)
        .where(isOf(ownerRow(owner)))
        .where(inScope('request', scope))
      return (await rows.orderBy('request.number', 'desc').limit(limit).execute()).map(requestEntryOf)
    },

    async ofSubject(scope, profile, subjectKey, states) {
      const given = { ...within(scope), profile, subjectKey, ...(states && { states }) }
      return (await requestsOfSubject(db, given)).rows.map(requestOf)
    },

    async ofKey(scope, key) {
      return (await requestsOfKey(db, { ...within(scope), key })).rows.map(requestOf)
    },

    async pendingOfKeyByOthers(key, owner) {
      const [row] = (
        await pendingOfKeyByOthers(db, {
          key,
          ...(owner && { ...ownerRow(owner), ...present({ service: owner.service }) }),
        })
      ).rows
      return row && requestOf(row)
    },

    async latestOfHost(scope, hostName, otherThan) {
      const [row] = (await latestOfHost(db, { ...within(scope), host: fold(hostName), otherThan })).rows
      return row && { number: row.number, commonName: row.common_name, profile: row.profile }
    },

    async page(scope, query) {
      const size = sizeOf(query)
      const typed = query.search?.trim()
      const words = typed ? typedWords(typed.replace(NUMBER_SIGN, ' ')) : undefined
      const few = words && (await proposed(db, 'request', scope.environment, [words]))
      const floor = words && !few ? await floorOf(scope, query) : undefined
      const newestOf = (one: Scope) => {
        let rows = requestEntries(db).where(inScope('request', one))
        if (query.organisation !== undefined) rows = rows.where('request.organisation', '=', query.organisation)
        if (query.service !== undefined) rows = rows.where('request.service', '=', query.service)
        if (query.state) rows = rows.where('request.state', '=', query.state)
        const profiles = one.own === undefined ? query.profiles : query.ownProfiles
        if (profiles) rows = rows.where(anyOf('request.profile', profiles))
        if (query.origin !== undefined) rows = rows.where('request.origin_kind', '=', query.origin)
        if (query.without?.length) rows = rows.where('request.origin_kind', 'not in', query.without)
        if (query.since !== undefined) rows = rows.where('request.submitted_at', '>=', query.since)
        if (words) rows = rows.where(holds(['request.search'], words, orNumber))
        if (few) rows = rows.where(sql<SqlBool>`request.number in ${few}`)
        if (floor !== undefined) rows = rows.where('request.number', '>=', floor)
        if (query.after !== undefined) rows = rows.where('request.number', '<', numberKey(query.after))
        return rows
          .orderBy('request.number', 'desc')
          .limit(size + 1)
          .execute()
      }
      const all: Awaited<ReturnType<typeof newestOf>> = []
      for (const one of scopesOf(scope)) all.push(...(await newestOf(one)))
      const each = [...new Map(all.map((row) => [row.number, row])).values()]
      const found = each.sort((one, other) => other.number - one.number).slice(0, size + 1)
      return pageOf(
        found,
        size,
        (row) => [row.number],
        requestEntryOf,
        undefined,
        floor === undefined ? undefined : [floor],
      )
    },

    async countPending(scope, profiles) {
      let rows = db.selectFrom('request').select((eb) => eb.fn.countAll<number>().as('count'))
      rows = rows.where('state', '=', 'pending')
      const { granted, own } = partsOf(scope)
      const seen =
        granted && profiles ? [sql<SqlBool>`${inScope('request', granted)} and ${anyOf('profile', profiles)}`] : []
      const all = granted && !profiles ? [inScope('request', granted)] : []
      rows = rows.where((eb) => eb.or([...seen, ...all, ...(own ? [inScope('request', own)] : [])]))
      return (await rows.executeTakeFirstOrThrow()).count
    },

    async due({ pendingBefore, now, limit }) {
      // What has a number that the desk gives none would be due for ever.
      const own = all().where('number', '<', FAR)
      const late = own.where(waiting).where('submitted_at', '<', pendingBefore).orderBy('submitted_at').limit(limit)
      const ended = own.where(certified).where('certificate_ends', '<', now).orderBy('certificate_ends').limit(limit)
      return [...(await late.execute()), ...(await ended.execute())].slice(0, limit).map(requestOf)
    },
  }
}

/** What brought a request, or whose it is, as its columns say it. */
type Of = OriginColumns | OwnerColumns
interface OriginColumns {
  readonly origin_kind: OriginKind
  readonly origin_id: string
}
const originRow = ({ kind, id }: Brought): OriginColumns => ({ origin_kind: kind, origin_id: id })
const columnsOf = (of: Parameters<RequestStore['countPendingOf']>[0]): Of =>
  'owner' in of ? ownerRow(of.owner) : originRow(of.origin)

/** Ids are asked first: the indexes have them. */
const isOf = (of: Of): RawBuilder<SqlBool> =>
  'owner_id' in of
    ? sql`request.owner_id = ${of.owner_id} and request.owner_kind = ${of.owner_kind}`
    : sql`request.origin_id = ${of.origin_id} and request.origin_kind = ${of.origin_kind}`

// What every submission and decision asks, prepared.

type Numbered = Scope & { readonly number: number }

const insertRequest = prepared((db, row: ReturnType<typeof requestRow>) =>
  db
    .insertInto('request')
    .values({ ...row, number: nextNumber(db, 'request') })
    .returning('number'),
)
const findRequest = prepared((db, { number, ...scope }: Numbered) =>
  db.selectFrom('request').selectAll().where('number', '=', number).where(inScope('request', scope)),
)
type OfOwner = Scope & OwnerColumns & { readonly profiles?: readonly ProfileName[] }
const anyOfOwner = prepared((db, { owner_kind, owner_id, profiles, ...scope }: OfOwner) => {
  let rows = db.selectFrom('request').select('number').where(isOf({ owner_kind, owner_id }))
  rows = rows.where(inScope('request', scope)).limit(1)
  return profiles ? rows.where(anyOf('profile', profiles)) : rows
})
const pendingNumbers = prepared((db, { most, ...of }: Of & { readonly most: number }) =>
  db.selectFrom('request').select('number').where(waiting).where(isOf(of)).limit(most),
)
const submittedByOwner = prepared((db, { before, ...owner }: OwnerColumns & { readonly before: number }) => {
  const rows = db.selectFrom('request').select('submitted_at').where(isOf(owner))
  return rows.orderBy('number', 'desc').limit(1).offset(before)
})
const takenBackFrom = prepared(
  (db, { network, before, ...origin }: OriginColumns & { readonly network: string; readonly before: number }) => {
    const rows = db.selectFrom('request').select('submitted_at').where(isOf(origin)).where(takenBack)
    return rows.where('from_network', '=', network).orderBy('number', 'desc').limit(1).offset(before)
  },
)
/** Selected rather than given, so that a request outside the scope gets no step. */
const insertStep = prepared(
  (db, { request, environment, within: organisations, services, own, ...step }: StepScope & StepRow) => {
    const columns = Object.keys(step) as (keyof typeof step)[]
    return db
      .insertInto('request_step')
      .columns(['number', 'request', ...columns])
      .expression((eb) =>
        eb
          .selectFrom('request')
          .select([
            nextNumber(db, 'request_step').as('step'),
            'number',
            ...columns.map((column) => eb.val(step[column]).as(column)),
          ])
          .where('number', '=', request)
          .where(inScope('request', { environment, ...present({ within: organisations, services, own }) })),
      )
  },
)
type StepScope = Omit<Scope, 'organisation' | 'service' | 'owner'>
type StepRow = ReturnType<typeof stepRow>

interface OfSubject extends Scope {
  readonly profile: ProfileName
  readonly subjectKey: string
  readonly states?: readonly RequestState[]
}
const requestsOfSubject = prepared((db, { profile, subjectKey, states, ...scope }: OfSubject) => {
  const all = db.selectFrom('request').selectAll().where('profile', '=', profile)
  let rows = all.where('subject_key', '=', subjectKey).where(inScope('request', scope))
  if (states) rows = rows.where('state', 'in', states)
  return rows.orderBy('number', 'desc').limit(MOST_OF_SUBJECT)
})
const requestsOfKey = prepared((db, { key, ...scope }: Scope & { readonly key: string }) => {
  const rows = db.selectFrom('request').selectAll().where('key_hash', '=', key).where(inScope('request', scope))
  return rows.orderBy('number', 'desc').limit(MOST_OF_KEY)
})
interface KeyByOthers extends Partial<OwnerColumns> {
  readonly key: string
  readonly service?: string
}
const pendingOfKeyByOthers = prepared((db, { key, owner_kind, owner_id, service }: KeyByOthers) => {
  const all = db.selectFrom('request').selectAll().where('key_hash', '=', key).where(anywhere).where(waiting)
  const apart = isApart(sql`owner_kind`, partOf(sql`request.service`), sql`${service ?? null}`)
  const others = sql<SqlBool>`(owner_id <> ${owner_id} or owner_kind <> ${owner_kind} or ${apart})`
  return (owner_id === undefined ? all : all.where(others)).orderBy('number').limit(1)
})
const latestOfHost = prepared(
  (db, { host, otherThan, ...scope }: Scope & { readonly host: string; readonly otherThan: string }) => {
    const rows = db.selectFrom('request').select(['number', 'common_name', 'profile']).where('host_folded', '=', host)
    const others = rows.where('subject_key', '<>', otherThan).where(inScope('request', scope))
    return others.orderBy('number', 'desc').limit(1)
  },
)

/** What people write before a number: the letter of `n° 42` is no word of theirs. */
const NUMBER_SIGN = /(?<=^|\s)n[°º](?=\s*\d)/giu
/** The number of a request stands in none of its texts; it is found by the whole of it. */
const orNumber = (word: string): readonly RawBuilder<SqlBool>[] =>
  /^[1-9]\d{0,14}$/.test(word) ? [sql`request.number = ${Number(word)}`] : []
