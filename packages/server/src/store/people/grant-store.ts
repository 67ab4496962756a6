import { refuse } from '@scel/contract/errors'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { GrantStore } from '../../core/people/grants/grant.port.ts'
import type { Grant, GrantEntry, GrantPlace } from '../../core/people/grants/grant.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { type Inventory, inventoriesOf, type Named } from '../codes/inventories.ts'
import { isListed } from '../keys/named-now.ts'
import { prepared } from '../opening/prepared.ts'
import { anyOf } from '../queries/any-of.ts'
import { firstOf, inOrder } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { inScope, within } from '../queries/scope.ts'
import type { PersonGrantRow } from '../tables.ts'
import { addedWith } from './added-with.ts'
import { comesIn } from './comes-in.ts'
import { confirmationColumns, confirmationOf } from './confirmation-columns.ts'

export function grantStore(db: Bound, coded: CodedRows): GrantStore {
  const inventories = inventoriesOf(db, coded)
  const change = async (scope: Scope, id: string, what: Partial<Selectable<PersonGrantRow>>): Promise<void> => {
    const open = db.selectFrom('person_grant').selectAll().where('id', '=', id).where('ended_at', 'is', null)
    const row = coded.genuine('person_grant', await open.where(inScope('person_grant', scope)).executeTakeFirst())
    if (!row) return
    const { row_code } = coded.sealed('person_grant', { ...row, ...what })
    const update = db.updateTable('person_grant').set({ ...what, row_code })
    await update.where('id', '=', id).execute()
    const was = row.role === 'administrator'
    if (was && isListed({ ...row, ...what })) await inventories.add(inventoryOf(row), new Map([[id, '']]))
    if (!was || !what.ended_at) return
    await inventories.drop(inventoryOf(row), [id])
    await inventories.add(inventoryOf(row, 'former'), new Map([[id, '']]))
  }
  /** An administrator's that holds is named in the inventory: one that is not has ended, or waits, whatever its row says. */
  const kept = async <R extends Selectable<PersonGrantRow>>(found: readonly R[]): Promise<R[]> => {
    const rows: R[] = []
    const read = new Map<string, Named | undefined>()
    for (const row of coded.allGenuine('person_grant', found)) {
      if (!isListed(row)) {
        rows.push(row)
        continue
      }
      const { environment } = row
      if (!read.has(environment)) read.set(environment, await inventories.named(inventoryOf(row)))
      const named = read.get(environment)
      if (named?.has(row.id)) rows.push(row)
      else if (named) coded.altered({ table: 'person_grant', id: row.id, environment: row.environment })
    }
    return rows
  }
  /** @throws DeskError storage_altered where one that somebody ended is not there, or not as ended */
  const requireFormer = async ({ environment }: Scope, found: readonly Selectable<PersonGrantRow>[]): Promise<void> => {
    const ended = new Set(found.flatMap(({ id, ended_at }) => (ended_at === null ? [] : id)))
    const named = await inventories.named({ kind: 'former', owner: environment, environment })
    const lost = [...(named?.keys() ?? [])].filter((id) => !ended.has(id))
    for (const id of lost) coded.altered({ table: 'person_grant', id, environment })
    if (!named || lost.length > 0) refuse('storage_altered', {})
  }
  return {
    async insert(grant) {
      await db
        .insertInto('person_grant')
        .values(coded.sealed('person_grant', rowOf(grant)))
        .execute()
      const row = rowOf(grant)
      if (isListed(row)) await inventories.add(inventoryOf(row), new Map([[row.id, '']]))
    },

    async find(scope, id) {
      const rows = db.selectFrom('person_grant').selectAll().where('id', '=', id)
      const [row] = await kept(await rows.where(inScope('person_grant', scope)).execute())
      return row && grantOf(row)
    },

    async of(scope, person) {
      const { rows } = await grantsOf(db, { ...within(scope), person })
      return (await kept(rows)).map(grantOf)
    },

    async ofAll(scope, people) {
      const rows = entries(db)
        .where(anyOf('person_grant.person', people))
        .where('person_grant.ended_at', 'is', null)
        .where(inScope('person_grant', scope))
      const found = await rows.orderBy('person_grant.since').orderBy('person_grant.id').execute()
      return (await kept(found)).map(entryOf)
    },

    async administrators({ environment }) {
      const rows = db.selectFrom('person_grant').selectAll().where('role', '=', 'administrator')
      const open = rows.where('ended_at', 'is', null).where('environment', '=', environment)
      const all = coded.allGenuine('person_grant', await open.orderBy('since').orderBy('id').execute())
      // What waits is named by none, so that it cannot be put in the place of what holds.
      const found = all.filter(isListed)
      const named = await inventories.named({ kind: 'administrators', owner: environment, environment })
      if (!named) return { grants: [], lost: 1 }
      const there = new Set(found.map(({ id }) => id))
      // Those that are not there, and those that somebody put back.
      const [lost, back] = [[...named.keys()].filter((id) => !there.has(id)), [...there].filter((id) => !named.has(id))]
      for (const id of [...lost, ...back]) coded.altered({ table: 'person_grant', id, environment })
      return { grants: found.filter(({ id }) => named.has(id)).map(grantOf), lost: lost.length }
    },

    async withRoleSince(scope, role, since) {
      // All that there ever were: what the database says of an end finds no rows, before the row is known by its code.
      const rows = db.selectFrom('person_grant').selectAll().where('role', '=', role)
      const found = await rows.where(inScope('person_grant', scope)).orderBy('since').orderBy('id').execute()
      const genuine = coded.allGenuine('person_grant', found)
      if (genuine.length < found.length) refuse('storage_altered', {})
      if (role === 'administrator') await requireFormer(scope, await kept(found))
      return genuine.filter(({ ended_at }) => ended_at === null || ended_at > since).map(grantOf)
    },

    async countAwaiting(scope, { other, now }) {
      const rows = db.selectFrom('person_grant').selectAll().where(waiting).where(inScope('person_grant', scope))
      const theirs = rows.where('asked_by_id', '<>', other).where('person', '<>', other)
      const found = await theirs.where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])).execute()
      return coded.allGenuine('person_grant', found).length
    },

    async ofService(scope, service) {
      const rows = db.selectFrom('person_grant').selectAll().where('place_id', '=', service)
      const open = rows.where('place_kind', '=', 'service').where('ended_at', 'is', null)
      const found = await open.where(inScope('person_grant', scope)).orderBy('since').orderBy('id').execute()
      return (await kept(found)).map(grantOf)
    },

    async givenWith(scope, credential, now, limit) {
      const rows = db.selectFrom(addedWith(db, scope, credential).as('added')).crossJoin('person_grant')
      const given = rows.whereRef('person_grant.given_with', '=', 'added.id')
      const theirs = given
        .innerJoin('person', 'person.id', 'person_grant.person')
        .where(inScope('person_grant', scope))
        .select('person_grant.id')
      const isOpen = sql`person_grant.ended_at is null and (person_grant.until is null or person_grant.until > ${now})`
      const openFirst = theirs.orderBy(sql`case when ${isOpen} then ${comesIn('person', now)} else 3 end`)
      const newest = openFirst.orderBy('person_grant.since', 'desc').orderBy('person_grant.id')
      const read = async (ids: readonly string[]) => {
        const found = await entries(db).where(anyOf('person_grant.id', ids)).execute()
        return coded.allGenuine('person_grant', found).map(entryOf)
      }
      return firstOf(limit, async (most, passed) => inOrder(await newest.limit(most).offset(passed).execute(), read))
    },

    async awaitingGivenWith(scope, credential) {
      const rows = db.selectFrom('person_grant').selectAll().where(waiting).where('given_with', '=', credential)
      const found = await rows.where(inScope('person_grant', scope)).execute()
      return (await kept(found)).map(grantOf)
    },

    confirm: (scope, id, confirmation) => change(scope, id, confirmationColumns(confirmation)),

    end: (scope, id, { at, by }) => change(scope, id, { ended_at: at, ended_by_id: by.id, ended_by_name: by.name }),
  }
}

const entries = (db: Bound) =>
  db
    .selectFrom('person_grant')
    .leftJoin('organisation', (join) =>
      join.on(
        sql<SqlBool>`organisation.id = case person_grant.place_kind
          when 'organisation' then person_grant.place_id when 'service' then person_grant.place_organisation end`,
      ),
    )
    .leftJoin('service', (join) =>
      join.onRef('service.id', '=', 'person_grant.place_id').on('person_grant.place_kind', '=', 'service'),
    )
    .selectAll('person_grant')
    .select(['organisation.code as organisation_code', 'organisation.name as organisation_name'])
    .select('service.name as service_name')

const inventoryOf = (
  { environment }: Pick<Selectable<PersonGrantRow>, 'environment'>,
  kind: 'administrators' | 'former' = 'administrators',
): Inventory => ({
  kind,
  owner: environment,
  environment,
})

// In the very words of the partial index.
const waiting = sql<SqlBool>`asked_by_id is not null and confirmed_at is null and ended_at is null`

const grantsOf = prepared((db, { person, ...scope }: Scope & { readonly person: string }) => {
  const rows = db.selectFrom('person_grant').selectAll().where('person', '=', person).where('ended_at', 'is', null)
  return rows.where(inScope('person_grant', scope)).orderBy('since').orderBy('id')
})

const rowOf = (grant: Grant) => ({
  id: grant.id,
  environment: grant.environment,
  person: grant.person,
  role: grant.role,
  place_kind: grant.place.kind,
  place_id: grant.place.kind === 'environment' ? null : grant.place.id,
  place_organisation: grant.place.kind === 'service' ? grant.place.organisation : null,
  since: grant.from,
  until: grant.until ?? null,
  given_by_kind: grant.givenBy.kind,
  given_by_id: grant.givenBy.id ?? null,
  given_by_name: grant.givenBy.name,
  given_with: grant.givenWith ?? null,
  ...confirmationColumns(grant.confirmation),
  ended_at: grant.ended?.at ?? null,
  ended_by_id: grant.ended?.by.id ?? null,
  ended_by_name: grant.ended?.by.name ?? null,
})

function grantOf(row: Selectable<PersonGrantRow>): Grant {
  const { id, environment, person, role, since: from, given_by_kind: kind, given_by_name: name } = row
  const place = placeOf(row)
  return {
    ...{ id, environment, person, role, place, from },
    ...present({ until: row.until, givenWith: row.given_with }),
    givenBy: { kind, ...present({ id: row.given_by_id }), name },
    ...confirmationOf(row),
    ...(row.ended_at === null
      ? {}
      : { ended: { at: row.ended_at, by: { id: row.ended_by_id!, name: row.ended_by_name! } } }),
  }
}

function placeOf({
  place_kind: kind,
  place_id: id,
  place_organisation: organisation,
}: Selectable<PersonGrantRow>): GrantPlace {
  if (id === null) return { kind: 'environment' }
  return kind === 'service' ? { kind, id, organisation: organisation ?? '' } : { kind: 'organisation', id }
}

interface Joined {
  readonly service_name: string | null
  readonly organisation_code: string | null
  readonly organisation_name: string | null
}

function entryOf(row: Selectable<PersonGrantRow> & Joined): GrantEntry {
  const { place_id, place_organisation, organisation_code: code, organisation_name: name, service_name } = row
  const id = place_organisation ?? place_id
  if (place_id === null || id === null || code === null || name === null) return grantOf(row)
  const serviceRef = row.place_kind === 'service' ? { id: place_id, name: service_name ?? '' } : undefined
  return { ...grantOf(row), organisationRef: { id, code, name }, ...present({ serviceRef }) }
}
