import type { Selectable } from 'kysely'
import { type LoggedEvent, numberOfLeaf, type PersonalPath } from '../../core/log/leaf.ts'
import type { Head, KeptLine, LogStore } from '../../core/log/log.port.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { prepared } from '../opening/prepared.ts'
import { present } from '../queries/optional.ts'
import { searchable } from '../search/search.ts'
import { enterWords, forgetWords } from '../search/search-words.ts'
import type { AuditEventRow, LogHeadRow } from '../tables.ts'
import { lineOfRow } from './audit-rows.ts'

export const logStore = (db: Bound, coded: Pick<CodedRows, 'hasCodeOfLeaf'>): LogStore => {
  const kept = (row: Selectable<AuditEventRow>): KeptLine => ({
    ...lineOfRow(row),
    ...present({ place: row.place }),
    coded: coded.hasCodeOfLeaf(row),
  })
  return {
    async placed() {
      const last = db.selectFrom('audit_event').select('place').where('place', '>=', 0).orderBy('place', 'desc')
      const place = (await last.limit(1).executeTakeFirst())?.place
      return place === undefined || place === null ? 0 : place + 1
    },
    async lines(from, limit) {
      const rows = db.selectFrom('audit_event').selectAll().where('place', '>=', from).orderBy('place').limit(limit)
      return (await rows.execute()).map(kept)
    },
    async waiting(after, limit) {
      const rows = db.selectFrom('audit_event').selectAll().where('place', 'is', null).where('number', '>', after)
      return (await rows.orderBy('number').limit(limit).execute()).map(kept)
    },
    async last() {
      const rows = db.selectFrom('audit_event').selectAll().orderBy('number', 'desc').limit(5)
      return (await rows.execute()).map(kept).find(isOwn)
    },
    async countWaiting() {
      const waiting = db.selectFrom('audit_event').select((row) => row.fn.countAll<number>().as('count'))
      return (await waiting.where('place', 'is', null).executeTakeFirstOrThrow()).count
    },
    async astray(limit) {
      const rows = db.selectFrom('audit_event').selectAll()
      const astray = rows.where((row) => row.or([row('place', '<', 0), row('number', '<=', 0)]))
      return (await astray.orderBy('number').limit(limit).execute()).map(kept)
    },
    async numbered(after, limit) {
      const rows = db.selectFrom('audit_event').selectAll().where('number', '>', after)
      return (await rows.orderBy('number').limit(limit).execute()).map(kept)
    },
    async newestHead() {
      const newest = db.selectFrom('log_head').selectAll().orderBy('size', 'desc').limit(1)
      return headOf(await newest.executeTakeFirst())
    },
    async newestSigned(below = Number.MAX_SAFE_INTEGER) {
      const signed = db.selectFrom('log_head').selectAll().where('note', 'is not', null).where('size', '<', below)
      return headOf(await signed.orderBy('size', 'desc').limit(1).executeTakeFirst())
    },
    async heads(after, limit) {
      const rows = db.selectFrom('log_head').selectAll().where('size', '>', after).orderBy('size').limit(limit)
      return (await rows.execute()).map((row) => headOf(row)!)
    },

    async place(numbers, first) {
      for (const [index, number] of numbers.entries()) await givePlace(db, { place: first + index, number })
    },
    async takeBack(from) {
      await db.updateTable('audit_event').set({ place: null }).where('place', '>=', from).execute()
    },
    async keepHead({ size, root, at }) {
      // The guard against a row that is replaced comes before `on conflict`, which is for two desks at once.
      if (await db.selectFrom('log_head').select('size').where('size', '=', size).executeTakeFirst()) return
      const head = { size, root, at, note: null }
      await db
        .insertInto('log_head')
        .values(head)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async keepNote(size, note) {
      await db.updateTable('log_head').set({ note }).where('size', '=', size).where('note', 'is', null).execute()
    },
    async erase({ event, salts }, paths) {
      const { number, environment } = event
      const left = without(event, paths)
      const searchOf = ({ actor, target }: LoggedEvent): string => searchable(actor.name, target.id, target.name)
      const search = searchOf(left)
      const erased = {
        actor_name: left.actor.name ?? '',
        actor_from: left.actor.from ?? null,
        target_name: left.target.name ?? null,
        facts: JSON.stringify(left.facts),
        salts: JSON.stringify(Object.fromEntries(Object.entries(salts).filter(([path]) => !isOne(path, paths)))),
        search,
      }
      await db.updateTable('audit_event').set(erased).where('number', '=', number).execute()
      await forgetWords(db, 'audit_event', environment, number, searchOf(event))
      await enterWords(db, 'audit_event', environment, number, search)
    },
  }
}

const headOf = (row: Selectable<LogHeadRow> | undefined): Head | undefined =>
  row && { size: row.size, root: row.root, at: row.at, ...present({ note: row.note }) }

const givePlace = prepared((db, { place, number }: { place: number; number: number }) =>
  db.updateTable('audit_event').set({ place }).where('number', '=', number),
)

/** One that is copied to another number has the code of the one that it is a copy of. */
const isOwn = ({ coded, leaf, event }: KeptLine): boolean => coded && numberOfLeaf(leaf) === event.number

const isOne = (path: string, paths: readonly string[]): boolean => paths.includes(path)

function without(event: LoggedEvent, paths: readonly PersonalPath[]): LoggedEvent {
  const part = <T extends object>(name: string, values: T): T =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !isOne(`${name}.${key}`, paths))) as T
  return {
    ...event,
    actor: part('actor', event.actor),
    target: part('target', event.target),
    facts: part('facts', event.facts),
  }
}
