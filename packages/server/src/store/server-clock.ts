import { sql } from 'kysely'
import type { ServerClock } from '../core/clock/server-clock.port.ts'
import { type Bound, engineOf } from './bound.ts'

export const serverClock = (db: Bound): ServerClock => ({
  async now() {
    if (engineOf(db) === 'sqlite') return undefined
    // Not now(), which is when the transaction began.
    const { rows } = await sql<{
      at: string
    }>`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', ${FORM}) AS at`.execute(db)
    return rows[0]!.at
  },
})

/** An instant as the desk keeps it. */
const FORM = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
