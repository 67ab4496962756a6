import { type RawBuilder, sql } from 'kysely'
import type { DutyStore } from '../../core/duties/duty.port.ts'
import { type Bound, engineOf } from '../bound.ts'
import { moment } from '../queries/server-clock.ts'

export const dutyStore = (db: Bound): DutyStore => ({
  async take(name, holder, lasts) {
    const engine = engineOf(db)
    const now = moment(engine)
    const isFree: RawBuilder<boolean> = sql`duty.holder = excluded.holder or duty.taken_at > ${now}
      or duty.taken_at <= ${moment(engine, -lasts)}`
    const { rows } = await sql`insert into duty (name, holder, taken_at) values (${name}, ${holder}, ${now})
      on conflict (name) do update set holder = excluded.holder, taken_at = excluded.taken_at where ${isFree}
      returning name`.execute(db)
    return rows.length > 0
  },
  async letGo(name, holder) {
    await db.deleteFrom('duty').where('name', '=', name).where('holder', '=', holder).execute()
  },
  async letGoAll(holder) {
    await db.deleteFrom('duty').where('holder', '=', holder).execute()
  },
})
