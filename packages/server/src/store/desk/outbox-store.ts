import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { OutboxEntry } from '../../core/outbox/live-event.ts'
import type { OutboxStore } from '../../core/outbox/outbox.port.ts'
import { type Bound, engineOf } from '../bound.ts'
import { prepared } from '../opening/prepared.ts'
import { anyOf } from '../queries/any-of.ts'
import { boundOf, nextNumber } from '../queries/next-number.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import type { OutboxRow } from '../tables.ts'

// Ids must rise in the order in which events become visible: a listener who has seen up to n asks for what is above n.
// SQLite has one writer, so the next after the last does. On PostgreSQL transactions commit in another order than they count. There
// the id is (number of the transaction) × 4096 + (place within it), and a reader sees only transactions older than
// every one that is still under way: whatever becomes visible later has a greater transaction number, so a greater id.

const PLACES = 4096

export function outboxStore(db: Bound): OutboxStore {
  const postgres = engineOf(db) === 'postgres'
  const settled: RawBuilder<SqlBool> = postgres
    ? sql<SqlBool>`id < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint * ${sql.lit(PLACES)}`
    : sql<SqlBool>`id < ${boundOf(db)}`
  let place = 0
  const nextPlace = (): { place?: number } => {
    if (!postgres) return {}
    if (place === PLACES) throw new Error(`a unit of work has at most ${PLACES} events`)
    return { place: place++ }
  }
  return {
    async append({ environment, organisation, service, kind, target, state, profile, owner, at }) {
      const about = {
        environment,
        organisation: organisation ?? null,
        service: service ?? null,
        profile: profile ?? null,
        owner_kind: owner?.kind ?? null,
        owner_id: owner?.id ?? null,
      }
      await insertEntry(db, { ...nextPlace(), ...about, kind, target, state: state ?? null, at })
    },
    async after(scope, id, { kinds, profiles, limit }) {
      let rows = db.selectFrom('outbox').selectAll().where('id', '>', id).where(settled).where(inScope('outbox', scope))
      if (kinds) rows = rows.where('kind', 'in', kinds)
      if (profiles) {
        rows = rows.where((eb) => eb.or([anyOf('profile', profiles), eb('kind', '=', 'organisation')]))
      }
      return (await rows.orderBy('id').limit(limit).execute()).map(entryOf)
    },
    async waiting() {
      if (!postgres) return false
      const hidden = db.selectFrom('outbox').select('id').where(sql<SqlBool>`NOT ${settled}`)
      return (await hidden.limit(1).executeTakeFirst()) !== undefined
    },
    async latest() {
      const newest = db.selectFrom('outbox').select('id').where(settled).orderBy('id', 'desc').limit(1)
      return (await newest.executeTakeFirst())?.id ?? 0
    },
    async purge(before) {
      // The newest stays until there is a newer one: the next id is told from it.
      const older = sql<SqlBool>`id < (select max(id) from outbox where ${settled})`
      const { numDeletedRows } = await db.deleteFrom('outbox').where('at', '<', before).where(older).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

/** `place` is given where the database does not count by itself in the order that is promised. */
const insertEntry = prepared(
  (db, { place, ...row }: Omit<Selectable<OutboxRow>, 'id'> & { readonly place?: number }) => {
    const id = place === undefined ? nextNumber(db, 'outbox') : idAt(place)
    return db.insertInto('outbox').values({ ...row, id })
  },
)
const idAt = (place: number): RawBuilder<number> =>
  sql`pg_catalog.pg_current_xact_id()::text::bigint * ${sql.lit(PLACES)} + ${place}::bigint`

const entryOf = (row: Selectable<OutboxRow>): OutboxEntry => ({
  id: row.id,
  environment: row.environment,
  ...present({ organisation: row.organisation, service: row.service }),
  kind: row.kind,
  target: row.target,
  ...present({ state: row.state, profile: row.profile }),
  at: row.at,
})
