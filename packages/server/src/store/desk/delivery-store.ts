import { DeliveryAnswerKind, DeliveryState } from '@scel/contract/values'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { DeliveryStore } from '../../core/deliveries/delivery.port.ts'
import type { Answer, Delivery, DeliveryKey, KeptDelivery } from '../../core/deliveries/delivery.ts'
import { sizeOf } from '../../core/paging.ts'
import { type Bound, engineOf } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { MOST_LOOKED_AT } from '../queries/first-of.ts'
import { boundOf, FAR, nextNumber } from '../queries/next-number.ts'
import { present } from '../queries/optional.ts'
import { numberKey, pageOf } from '../queries/paging.ts'
import { inScope } from '../queries/scope.ts'
import { moment } from '../queries/server-clock.ts'
import type { DeliveryRow } from '../tables.ts'

export function deliveryStore(db: Bound, coded: Pick<CodedRows, 'sealed' | 'genuine'>): DeliveryStore {
  const at = (off = 0) => moment(engineOf(db), off)
  const rowOf = ({ channel, id }: DeliveryKey, state: DeliveryRow['state']) =>
    db.updateTable('delivery').where('channel', '=', channel).where('id', '=', id).where('state', '=', state)
  const end = async (one: DeliveryKey, state: DeliveryRow['state'], answer: Answer): Promise<void> => {
    await rowOf(one, 'due')
      .set({ state, ...answerColumns(answer) })
      .execute()
  }
  return {
    async page(scope, { state, ...query }) {
      const size = sizeOf(query)
      let rows = db.selectFrom('delivery').selectAll().where(inScope('delivery', scope))
      if (state) rows = rows.where('state', '=', state)
      if (query.after) rows = rows.where('number', '<', numberKey(query.after))
      const found = await rows
        .orderBy('number', 'desc')
        .limit(size + 1)
        .execute()
      const genuine = (some: readonly Row[]) => some.filter((row) => coded.genuine('delivery', row))
      return pageOf(found, size, ({ number }) => [number], keptOf, genuine)
    },
    async find(scope, number) {
      const found = db.selectFrom('delivery').selectAll().where(inScope('delivery', scope)).where('number', '=', number)
      const row = await found.executeTakeFirst()
      return row && isWorded(row) && coded.genuine('delivery', row) ? keptOf(row) : undefined
    },
    async append({ organisation = null, to, until = null, ...told }) {
      const addressee = { to_kind: to?.kind ?? null, to_id: to?.id ?? null }
      const row = coded.sealed('delivery', { ...told, organisation, ...addressee, until })
      await db
        .insertInto('delivery')
        .values({ ...row, number: nextNumber(db, 'delivery'), state: 'due', attempts: 0, next_at: at() })
        .onConflict((conflict) => conflict.columns(['channel', 'id']).doNothing())
        .execute()
    },
    async claim({ channel, environment }, lasts, longest) {
      const of = db.selectFrom('delivery').selectAll().where('channel', '=', channel)
      const ours = of.where('environment', '=', environment)
      const due = ours.where(isDue).where('number', '<', FAR)
      const now = due.where((eb) => eb.or([eb('next_at', '<=', at()), eb('next_at', '>', at(longest))]))
      const untried = now.where('attempts', '=', sql.lit(0)).orderBy('number')
      const tried = now.where('attempts', '>', sql.lit(0)).orderBy('next_at').orderBy('number')
      // What was never tried waits for nothing that is refused again and again.
      const ways = [
        (last?: Row) => (last ? untried.where('number', '>', last.number) : untried),
        (last?: Row) => (last ? tried.where(isAfter(last)) : tried),
      ]
      for (const way of ways) {
        let last: Row | undefined
        let most = SOME
        for (let looked = 0; looked < MOST_LOOKED_AT; most = MORE) {
          const rows: Row[] = await way(last).limit(most).execute()
          for (const row of rows) {
            if (!coded.genuine('delivery', row)) continue // what somebody else wrote is sent to nobody
            const attempts = row.attempts + 1
            const taken = db.updateTable('delivery').set({ attempts, next_at: at(lasts) })
            // Another desk may have taken it since it was read.
            const own = taken.where('number', '=', row.number).where('attempts', '=', row.attempts)
            if ((await own.executeTakeFirst()).numUpdatedRows > 0n) return deliveryOf(row, attempts)
          }
          if (rows.length < most) break
          looked += rows.length
          last = rows.at(-1)
        }
      }
      return undefined
    },
    done: (one, answer) => end(one, 'done', answer),
    async postpone(one, pause, answer) {
      await rowOf(one, 'due')
        .set({ next_at: at(pause), ...answerColumns(answer) })
        .execute()
    },
    giveUp: (one, answer) => end(one, 'given-up', answer),
    async sendAgain(one) {
      // It costs none of the attempts that it has of itself.
      await rowOf(one, 'due')
        .set((eb) => ({
          next_at: at(),
          attempts: eb
            .case()
            .when('attempts', '>', 0)
            .then(eb('attempts', '-', 1))
            .else(0)
            .end(),
        }))
        .execute()
      await rowOf(one, 'given-up').set({ state: 'due', attempts: 0, next_at: at() }).execute()
    },
    async purge(before) {
      // The last stays until there is another: the next number is told from it, and one that people know is given to none later.
      const older = sql<SqlBool>`number <> (select max(number) from delivery where number < ${boundOf(db)})`
      const { numDeletedRows } = await db
        .deleteFrom('delivery')
        .where('at', '<', before)
        .where(older)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

type Row = Selectable<DeliveryRow>

const answerColumns = ({ kind, status, at }: Answer) => ({ answer: kind, answer_status: status ?? null, answer_at: at })

function keptOf(row: Row): KeptDelivery {
  const { number, state, answer, answer_status: status, answer_at: at } = row
  const kept = { ...deliveryOf(row, row.attempts), number, state, next: row.next_at }
  return answer === null || at === null ? kept : { ...kept, answer: { kind: answer, at, ...present({ status }) } }
}

const deliveryOf = (row: Row, attempts: number): Delivery => ({
  ...{ channel: row.channel, id: row.id, environment: row.environment, ...present({ organisation: row.organisation }) },
  ...{ what: row.what, ...toOf(row), ...present({ until: row.until }), at: row.at, attempts },
})

const toOf = ({ to_kind: kind, to_id: id }: Row): Pick<Delivery, 'to'> =>
  kind === null || id === null ? {} : { to: { kind, id } }

/** What its code does not cover is judged here: a word that there is not is somebody else's. */
const isWorded = ({ state, answer }: Row): boolean =>
  DeliveryState.enum.includes(state) && (answer === null || DeliveryAnswerKind.enum.includes(answer))

/** In the letters of the indexes. */
const isDue = sql<SqlBool>`state = 'due'`

/** In the order of the index. */
const isAfter = ({ next_at, number }: Row) => sql<SqlBool>`(next_at, number) > (${next_at}, ${number})`

/** Rows that are read for one, and at once where none of those is the desk’s. */
const SOME = 20
const MORE = 1_000
