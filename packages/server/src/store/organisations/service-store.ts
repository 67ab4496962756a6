import { type Selectable, sql } from 'kysely'
import type { Scope } from '../../core/scope.ts'
import { MOST_SERVICES, type ServiceStore } from '../../core/services/service.port.ts'
import type { Service } from '../../core/services/service.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { prepared } from '../opening/prepared.ts'
import { firstOf } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { inScope, within } from '../queries/scope.ts'
import { fold } from '../search/search.ts'
import type { ServiceRow } from '../tables.ts'

export function serviceStore(db: Bound, coded: CodedRows): ServiceStore {
  const change = async (scope: Scope, id: string, what: Partial<Selectable<ServiceRow>>): Promise<void> => {
    const row = coded.genuine('service', (await findService(db, { ...within(scope), id })).rows[0])
    if (!row) return
    const { row_code } = coded.sealed('service', { ...row, ...what })
    await db
      .updateTable('service')
      .set({ ...what, row_code })
      .where('id', '=', id)
      .execute()
  }
  return {
    async insert({ id, environment, organisation, name, createdAt, closedAt }) {
      const values = {
        ...{ id, environment, organisation, name },
        name_folded: fold(name),
        created_at: createdAt,
        closed_at: closedAt ?? null,
      }
      await db.insertInto('service').values(coded.sealed('service', values)).execute()
    },

    async find(scope, id) {
      const row = coded.genuine('service', (await findService(db, { ...within(scope), id })).rows[0])
      return row && serviceOf(row)
    },

    async findByName(scope, organisation, name) {
      const rows = db.selectFrom('service').selectAll().where('organisation', '=', organisation)
      const found = await rows.where('name_folded', '=', fold(name)).where(inScope('service', scope)).executeTakeFirst()
      const row = coded.genuine('service', found)
      return row && serviceOf(row)
    },

    async of(scope, organisation) {
      const rows = db.selectFrom('service').selectAll().where('organisation', '=', organisation)
      const openFirst = rows
        .where(inScope('service', scope))
        .orderBy(sql`case when closed_at is null then 0 else 1 end`)
      const ordered = openFirst.orderBy('name_folded')
      const { items } = await firstOf(MOST_SERVICES, async (most, passed) => {
        const found = await ordered.limit(most).offset(passed).execute()
        return { rows: found.length, genuine: coded.allGenuine('service', found) }
      })
      return items.map(serviceOf)
    },

    async rename(scope, id, name) {
      await change(scope, id, { name, name_folded: fold(name) })
    },

    async close(scope, id, at) {
      await change(scope, id, { closed_at: at })
    },
  }
}

const findService = prepared((db, { id, ...scope }: Scope & { readonly id: string }) =>
  db.selectFrom('service').selectAll().where('id', '=', id).where(inScope('service', scope)),
)

const serviceOf = (row: Selectable<ServiceRow>): Service => ({
  id: row.id,
  environment: row.environment,
  organisation: row.organisation,
  name: row.name,
  createdAt: row.created_at,
  ...present({ closedAt: row.closed_at }),
})
