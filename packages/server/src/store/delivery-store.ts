import type { Selectable } from 'kysely'
import type { DeliveryStore } from '../core/deliveries/delivery.port.ts'
import type { Delivery } from '../core/deliveries/delivery.ts'
import { type Bound, engineOf } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { present } from './optional.ts'
import { moment } from './server-clock.ts'
import type { DeliveryRow } from './tables.ts'

export function deliveryStore(db: Bound, coded: Pick<CodedRows, 'sealed' | 'genuine'>): DeliveryStore {
  const at = (off = 0) => moment(engineOf(db), off)
  const end = async (id: string, state: DeliveryRow['state']): Promise<void> => {
    await db.updateTable('delivery').set({ state }).where('id', '=', id).where('state', '=', 'due').execute()
  }
  return {
    async append({ organisation, ...told }) {
      const row = coded.sealed('delivery', { ...told, organisation: organisation ?? null })
      await db
        .insertInto('delivery')
        .values({ ...row, state: 'due', attempts: 0, next_at: at() })
        .execute()
    },
    async claim(lasts, longest) {
      const due = db.selectFrom('delivery').selectAll().where('state', '=', 'due')
      const now = due.where((eb) => eb.or([eb('next_at', '<=', at()), eb('next_at', '>', at(longest))]))
      for (let after = 0; ; ) {
        const rows = await now.where('number', '>', after).orderBy('number').limit(SOME).execute()
        for (const row of rows) {
          if (!coded.genuine('delivery', row)) continue // what somebody else wrote is sent to nobody
          const attempts = row.attempts + 1
          const taken = db.updateTable('delivery').set({ attempts, next_at: at(lasts) })
          // Another desk may have taken it since it was read.
          const own = taken.where('number', '=', row.number).where('attempts', '=', row.attempts)
          if ((await own.executeTakeFirst()).numUpdatedRows > 0n) return deliveryOf(row, attempts)
        }
        if (rows.length < SOME) return undefined
        after = rows.at(-1)!.number
      }
    },
    done: (id) => end(id, 'done'),
    async postpone(id, pause) {
      await db
        .updateTable('delivery')
        .set({ next_at: at(pause) })
        .where('id', '=', id)
        .execute()
    },
    giveUp: (id) => end(id, 'given-up'),
    async purge(before) {
      const { numDeletedRows } = await db.deleteFrom('delivery').where('at', '<', before).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

const deliveryOf = (row: Selectable<DeliveryRow>, attempts: number): Delivery => ({
  ...{ id: row.id, environment: row.environment, ...present({ organisation: row.organisation }) },
  ...{ request: row.request, body: row.body, at: row.at, attempts },
})

/** Rows that are read for one. */
const SOME = 20
