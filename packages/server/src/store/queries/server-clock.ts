import { type RawBuilder, sql } from 'kysely'
import type { ServerClock } from '../../core/clock/server-clock.port.ts'
import type { Instant } from '../../core/world.ts'
import { type Bound, type Engine, engineOf } from '../bound.ts'

export const serverClock = (db: Bound): ServerClock => ({
  async now() {
    if (engineOf(db) === 'sqlite') return undefined
    const { rows } = await sql<{ at: Instant }>`SELECT ${moment('postgres')} AS at`.execute(db)
    return rows[0]!.at
  },
})

/**
 * What the clock of the database says within a statement, which is the host's own where the database is embedded.
 * @param off milliseconds later, or earlier
 */
export const moment = (engine: Engine, off = 0): RawBuilder<Instant> =>
  engine === 'sqlite'
    ? sql`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ${sql.lit(`${off / 1000} seconds`)})`
    : // Not now(), which is when the transaction began.
      sql`pg_catalog.to_char((pg_catalog.clock_timestamp() + ${sql.lit(`${off} milliseconds`)}::interval) AT TIME ZONE 'UTC', ${FORM}::text)`

/** An instant as the desk keeps it. */
const FORM = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
