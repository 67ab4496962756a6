import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { KitQuery, KitStore } from '../../core/kits/kit.port.ts'
import type { Kit, KitEntry } from '../../core/kits/kit.ts'
import { sizeOf } from '../../core/paging.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { prepared } from '../opening/prepared.ts'
import { serviceRefOf } from '../organisations/service-ref.ts'
import { addedWith } from '../people/added-with.ts'
import { confirmationColumns, confirmationOf } from '../people/confirmation-columns.ts'
import { anyOf } from '../queries/any-of.ts'
import { firstOf, inOrder } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { keyed, pageOf, textKeys } from '../queries/paging.ts'
import { inScope, within } from '../queries/scope.ts'
import { holds, searchable, typedWords } from '../search/search.ts'
import type { KitRow } from '../tables.ts'

export const kitStore = (db: Bound, coded: CodedRows): KitStore => ({
  async insert(kit) {
    await db
      .insertInto('kit')
      .values(coded.sealed('kit', rowOf(kit)))
      .execute()
  },

  async find(scope, id) {
    const rows = db.selectFrom('kit').selectAll().where('id', '=', id).where(inScope('kit', scope))
    const row = coded.genuine('kit', await rows.executeTakeFirst())
    return row && kitOf(row)
  },

  async findForApplicant(id) {
    const [found] = (await kitById(db, { id })).rows
    const row = coded.genuine('kit', found)
    return row && kitOf(row)
  },

  async countUse(scope, id) {
    const [found] = (await kitById(db, { id })).rows
    const row = coded.genuine('kit', found)
    if (!row) return
    const used = coded.sealed('kit', { ...row, uses_made: row.uses_made + 1 })
    await setUses(db, { ...within(scope), id, uses: used.uses_made, code: used.row_code })
  },

  async confirm(scope, id, confirmation) {
    const waiting = db.selectFrom('kit').selectAll().where('confirmed_at', 'is', null).where('id', '=', id)
    const row = coded.genuine('kit', await waiting.where(inScope('kit', scope)).executeTakeFirst())
    if (!row) return
    const change = confirmationColumns(confirmation)
    const { row_code } = coded.sealed('kit', { ...row, ...change })
    await db
      .updateTable('kit')
      .set({ ...change, row_code })
      .where('id', '=', id)
      .execute()
  },

  async countAwaiting(scope, { other, now }) {
    const rows = db.selectFrom('kit').select((eb) => eb.fn.countAll<number>().as('count'))
    const standing = rows.where('standing_approval', '=', 1).where('confirmed_at', 'is', null)
    const theirs = standing.where('asked_by_id', '<>', other).where(inState('active', now))
    return (await theirs.where(inScope('kit', scope)).executeTakeFirstOrThrow()).count
  },

  async countRefusal(scope, id) {
    await addRefusal(db, { ...within(scope), id })
  },

  async openOfService(scope, service) {
    const rows = db.selectFrom('kit').selectAll().where('service', '=', service).where('withdrawn_at', 'is', null)
    const found = await rows.where(inScope('kit', scope)).orderBy('created_at').orderBy('id').execute()
    return coded.allGenuine('kit', found).map(kitOf)
  },

  async withdraw(scope, id, at) {
    const open = db.selectFrom('kit').selectAll().where('withdrawn_at', 'is', null).where('id', '=', id)
    const row = coded.genuine('kit', await open.where(inScope('kit', scope)).executeTakeFirst())
    if (!row) return
    const { row_code } = coded.sealed('kit', { ...row, withdrawn_at: at })
    await db.updateTable('kit').set({ withdrawn_at: at, row_code }).where('id', '=', id).execute()
  },

  async endStanding(scope, id, at) {
    const standing = db.selectFrom('kit').selectAll().where('standing_approval', '=', 1).where('id', '=', id)
    const row = coded.genuine('kit', await standing.where(inScope('kit', scope)).executeTakeFirst())
    if (!row) return
    const change = { standing_approval: 0, standing_ended_at: at }
    const { row_code } = coded.sealed('kit', { ...row, ...change })
    await db
      .updateTable('kit')
      .set({ ...change, row_code })
      .where('id', '=', id)
      .execute()
  },

  async madeWith(scope, credential, now, limit) {
    const made = db.selectFrom(addedWith(db, scope, credential).as('added')).crossJoin('kit')
    const rows = made.whereRef('kit.created_with', '=', 'added.id').where(inScope('kit', scope)).select('kit.id')
    const isShut = sql`exists (select 1 from service where service.id = kit.service and service.closed_at is not null)`
    const openFirst = rows.orderBy(sql`case when ${inState('active', now)} and not ${isShut} then 0 else 1 end`)
    const newest = openFirst.orderBy('kit.created_at', 'desc').orderBy('kit.id', 'desc')
    const read = async (ids: readonly string[]) =>
      coded.allGenuine('kit', await entries(db).where(anyOf('kit.id', ids)).execute()).map(entryOf)
    return firstOf(limit, async (most, passed) => inOrder(await newest.limit(most).offset(passed).execute(), read))
  },

  async entry(scope, id) {
    const found = await entries(db).where('kit.id', '=', id).where(inScope('kit', scope)).executeTakeFirst()
    const row = coded.genuine('kit', found)
    return row && entryOf(row)
  },

  async page(scope, query) {
    const size = sizeOf(query)
    let rows = entries(db).where(inScope('kit', scope))
    if (query.organisation !== undefined) rows = rows.where('kit.organisation', '=', query.organisation)
    if (query.service !== undefined) rows = rows.where('kit.service', '=', query.service)
    if (query.profiles) rows = rows.where(anyOf('kit.profile', query.profiles))
    if (query.state) rows = rows.where(inState(query.state, query.now))
    if (query.search?.trim()) {
      rows = rows.where(holds(['kit.search', 'organisation.search'], typedWords(query.search)))
    }
    if (query.after !== undefined) {
      const key = textKeys(query.after)
      rows = rows.where(keyed(['kit.created_at', 'kit.id'], '<', key))
    }
    const ordered = rows.orderBy('kit.created_at', 'desc').orderBy('kit.id', 'desc')
    const found = await ordered.limit(size + 1).execute()
    return pageOf(
      found,
      size,
      (row) => [row.created_at, row.id],
      entryOf,
      (rows) => coded.allGenuine('kit', rows),
    )
  },
})

/** Kits with the names of their organisations. */
const entries = (db: Bound) =>
  db
    .selectFrom('kit')
    .innerJoin('organisation', 'organisation.id', 'kit.organisation')
    .leftJoin('service', 'service.id', 'kit.service')
    .selectAll('kit')
    .select(['organisation.code as organisation_code', 'organisation.name as organisation_name'])
    .select('service.name as service_name')
    .select((eb) =>
      eb
        .selectFrom('request')
        .select(eb.fn.countAll<number>().as('count'))
        .whereRef('request.origin_id', '=', 'kit.id')
        .where('request.origin_kind', '=', 'kit')
        .where(sql<boolean>`request.state = 'pending'`)
        .as('pending'),
    )

// What every submission asks, prepared.

const kitById = prepared((db, { id }: { readonly id: string }) => db.selectFrom('kit').selectAll().where('id', '=', id))
interface Uses {
  readonly id: string
  readonly uses: number
  readonly code: string
}
const setUses = prepared((db, { id, uses, code, ...scope }: Scope & Uses) => {
  const update = db.updateTable('kit').set({ uses_made: uses, row_code: code })
  return update.where('id', '=', id).where(inScope('kit', scope))
})
const addRefusal = prepared((db, { id, ...scope }: Scope & { readonly id: string }) => {
  const update = db.updateTable('kit').set((eb) => ({ refused: eb('refused', '+', 1) }))
  return update.where('id', '=', id).where(inScope('kit', scope))
})

/** `kitState` of the core, in SQL: withdrawn before expired before used up. */
function inState(state: NonNullable<KitQuery['state']>, now: string): RawBuilder<SqlBool> {
  if (state === 'withdrawn') return sql`kit.withdrawn_at is not null`
  if (state === 'expired') return sql`kit.withdrawn_at is null and kit.expires_at <= ${now}`
  const used = sql.raw(state === 'used-up' ? '>=' : '<')
  return sql`kit.withdrawn_at is null and kit.expires_at > ${now} and kit.uses_made ${used} kit.uses_allowed`
}

const rowOf = (kit: Kit) => ({
  id: kit.id,
  environment: kit.environment,
  organisation: kit.organisation,
  service: kit.service ?? null,
  name: kit.name,
  secret_hash: kit.secretHash,
  rules_digest: kit.rulesDigest,
  profile: kit.profile,
  store: kit.store,
  common_name: kit.commonName,
  keys: JSON.stringify(kit.keys),
  proposed_key: kit.proposedKey,
  standing_approval: kit.standingApproval ? 1 : 0,
  uses_allowed: kit.usesAllowed,
  uses_made: kit.usesMade,
  refused: kit.refused,
  expires_at: kit.expiresAt,
  created_at: kit.createdAt,
  created_by_id: kit.createdBy.id,
  created_by_name: kit.createdBy.name,
  created_with: kit.createdWith,
  standing_ended_at: kit.standingEndedAt ?? null,
  withdrawn_at: kit.withdrawnAt ?? null,
  ...confirmationColumns(kit.confirmation),
  search: searchable(kit.name),
})

const kitOf = (row: Selectable<KitRow>): Kit => ({
  id: row.id,
  environment: row.environment,
  organisation: row.organisation,
  name: row.name,
  secretHash: row.secret_hash,
  rulesDigest: row.rules_digest,
  profile: row.profile,
  store: row.store,
  commonName: row.common_name,
  keys: JSON.parse(row.keys) as Kit['keys'],
  proposedKey: row.proposed_key,
  standingApproval: row.standing_approval === 1,
  usesAllowed: row.uses_allowed,
  usesMade: row.uses_made,
  refused: row.refused,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  createdBy: { id: row.created_by_id, name: row.created_by_name },
  createdWith: row.created_with,
  ...present({
    service: row.service,
    withdrawnAt: row.withdrawn_at,
    standingEndedAt: row.standing_ended_at,
  }),
  ...confirmationOf(row),
})

const entryOf = (
  row: Selectable<KitRow> & {
    readonly organisation_code: string
    readonly organisation_name: string
    readonly service_name: string | null
    readonly pending: number | null
  },
): KitEntry => ({
  ...kitOf(row),
  pending: row.pending ?? 0,
  organisationRef: { id: row.organisation, code: row.organisation_code, name: row.organisation_name },
  ...serviceRefOf(row),
})
