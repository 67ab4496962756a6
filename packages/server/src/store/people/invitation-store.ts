import { refuse } from '@scel/contract/errors'
import { type Selectable, sql } from 'kysely'
import type { InvitationStore } from '../../core/people/links/invitation.port.ts'
import type { Invitation } from '../../core/people/links/invitation.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { inventoriesOf } from '../codes/inventories.ts'
import { inventoryOfLink, isLinkName, linkLine } from '../keys/named-now.ts'
import { anyOf } from '../queries/any-of.ts'
import { firstOf, inOrder, type Looked, MOST_LOOKED_AT } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import type { InvitationRow } from '../tables.ts'
import { addedWith } from './added-with.ts'
import { comesIn } from './comes-in.ts'
import { confirmationColumns, confirmationOf } from './confirmation-columns.ts'

export const invitationStore = (db: Bound, coded: CodedRows): InvitationStore => {
  const inventories = inventoriesOf(db, coded)
  /** One that opens is named in the inventory of its person: what is not was spent or taken back, whatever its row says. */
  const there = async (row: Selectable<InvitationRow> | undefined): Promise<Invitation | undefined> => {
    if (!row) return undefined
    if (row.spent_at !== null) return invitationOf(row)
    const named = (await inventories.named(inventoryOfLink(row))) ?? refuse('storage_altered', {})
    const [name] = linkLine(row)
    if (named.has(name)) return invitationOf(row)
    coded.altered({ table: 'invitation', id: row.hash, environment: row.environment })
    return undefined
  }
  return {
    async insert({
      id,
      hash,
      environment,
      person,
      madeBy,
      madeWith,
      adds,
      addsAtMost,
      createdAt,
      expiresAt,
      spent,
      confirmation,
    }) {
      const times = { created_at: createdAt, expires_at: expiresAt }
      const steps = { ...spending(spent), ...confirmationColumns(confirmation) }
      const by = { made_by_id: madeBy?.id ?? null, made_by_name: madeBy?.name ?? null }
      const made = { ...by, made_with: madeWith ?? null, adds: adds ?? null, adds_at_most: addsAtMost ?? null }
      const values = { id, hash, environment, person, ...made, ...times, ...steps }
      await db.insertInto('invitation').values(coded.sealed('invitation', values)).execute()
      if (!spent) await inventories.add(inventoryOfLink(values), new Map([linkLine(values)]))
    },

    async findByHash(hash) {
      const found = await db.selectFrom('invitation').selectAll().where('hash', '=', hash).executeTakeFirst()
      return there(coded.genuine('invitation', found))
    },

    async findOpenOf(scope, person, adds) {
      const open = db.selectFrom('invitation').selectAll().where('person', '=', person).where('spent_at', 'is', null)
      const rows = open.where('adds', adds ? 'is not' : 'is', null)
      return there(coded.genuine('invitation', await rows.where(inScope('invitation', scope)).executeTakeFirst()))
    },

    async confirm(scope, hash, confirmation, expiresAt) {
      const open = db.selectFrom('invitation').selectAll().where('hash', '=', hash).where('confirmed_at', 'is', null)
      const row = coded.genuine('invitation', await open.where(inScope('invitation', scope)).executeTakeFirst())
      if (!row) return
      const change = { ...confirmationColumns(confirmation), expires_at: expiresAt }
      const { row_code } = coded.sealed('invitation', { ...row, ...change })
      await db
        .updateTable('invitation')
        .set({ ...change, row_code })
        .where('hash', '=', hash)
        .execute()
    },

    async openedMadeWith(scope, credential, now, limit) {
      const rows = db.selectFrom(addedWith(db, scope, credential).as('added')).crossJoin('invitation')
      const opened = rows
        .whereRef('invitation.made_with', '=', 'added.id')
        .where('invitation.adds', 'is', null)
        .where('invitation.spent_at', 'is not', null)
      const theirs = opened.where(inScope('invitation', scope))
      const last = theirs.innerJoin('person', 'person.id', 'invitation.person').groupBy(['person.id', 'person.state'])
      const newest = last.select((row) => ['person.id', row.fn.max('invitation.spent_at').as('last')])
      const people = newest.orderBy(comesIn('person', now)).orderBy('last', 'desc').orderBy('person.id')
      let isCut = false
      const read = async (ids: readonly string[]) => {
        const place = sql<number>`row_number() over (partition by invitation.person order by invitation.spent_at desc)`
        const ofThem = theirs.where(anyOf('invitation.person', ids)).selectAll('invitation').select(place.as('place'))
        const newest = await db.selectFrom(ofThem.as('opened')).selectAll().where('place', '=', 1).execute()
        const found = new Map(coded.allGenuine('invitation', newest).map((row) => [row.person, row]))
        // Of whom somebody put a row before theirs, the others are read.
        const hidden = newest.flatMap(({ person }) => (found.has(person) ? [] : person))
        if (hidden.length > 0) {
          const every = theirs.where(anyOf('invitation.person', hidden)).selectAll('invitation')
          const last = every.orderBy('invitation.spent_at', 'desc').orderBy('invitation.hash')
          const { items, more } = await firstOf(MOST_LOOKED_AT, (most, passed) =>
            genuineOf(coded, last.limit(most).offset(passed)),
          )
          for (const row of items) if (!found.has(row.person)) found.set(row.person, { ...row, place: 1 })
          isCut ||= more
        }
        return [...found].map(([id, row]) => ({ id, row }))
      }
      const { items, more } = await firstOf(limit, async (most, passed) =>
        inOrder(await people.limit(most).offset(passed).execute(), read),
      )
      return { items: items.map(({ row }) => invitationOf(row)), more: more || isCut }
    },

    async countAwaiting(scope, { other, now }) {
      const rows = db.selectFrom('invitation').select((eb) => eb.fn.countAll<number>().as('count'))
      const waiting = rows.where('spent_at', 'is', null).where('confirmed_at', 'is', null).where('expires_at', '>', now)
      const theirs = waiting.where('asked_by_id', '<>', other).where('person', '<>', other)
      return (await theirs.where(inScope('invitation', scope)).executeTakeFirstOrThrow()).count
    },

    async spend(scope, hash, spent) {
      const open = db.selectFrom('invitation').selectAll().where('hash', '=', hash).where('spent_at', 'is', null)
      const row = coded.genuine('invitation', await open.where(inScope('invitation', scope)).executeTakeFirst())
      if (!row) return
      const { row_code } = coded.sealed('invitation', { ...row, ...spending(spent) })
      const update = db.updateTable('invitation').set({ ...spending(spent), row_code })
      await update.where('hash', '=', hash).execute()
      await inventories.drop(inventoryOfLink(row), [linkLine(row)[0]])
    },

    async withdrawMadeWith({ environment }, credential, adds) {
      let unspent = db.deleteFrom('invitation').where('made_with', '=', credential).where('spent_at', 'is', null)
      if (adds) unspent = unspent.where('adds', 'is not', null)
      const rows = await unspent.where('environment', '=', environment).returning(['person', 'id', 'adds']).execute()
      for (const row of rows) await inventories.drop(inventoryOfLink({ ...row, environment }), [linkLine(row)[0]])
      return rows.map((row) => row.person)
    },

    async withdrawOf(scope, person, adds) {
      let unspent = db.deleteFrom('invitation').where('person', '=', person).where('spent_at', 'is', null)
      if (adds !== undefined) unspent = unspent.where('adds', adds ? 'is not' : 'is', null)
      await unspent.where(inScope('invitation', scope)).execute()
      // Also of one whose row is away now.
      const isGone = (name: string, note: string): boolean =>
        isLinkName(name) && (adds === undefined || adds === (note === 'adds'))
      await inventories.drop(inventoryOfLink({ person, environment: scope.environment }), isGone)
    },
  }
}

/** The rows of a query, as the desk wrote them. */
async function genuineOf(
  coded: CodedRows,
  query: { execute(): Promise<Selectable<InvitationRow>[]> },
): Promise<Looked<Selectable<InvitationRow>>> {
  const found = await query.execute()
  return { rows: found.length, genuine: coded.allGenuine('invitation', found) }
}

const spending = (spent: Invitation['spent']) => ({
  spent_at: spent?.at ?? null,
  spent_for: spent?.for ?? null,
  spent_made: spent?.made ?? null,
})

function invitationOf(row: Selectable<InvitationRow>): Invitation {
  const { id, hash, environment, person, created_at: createdAt, expires_at: expiresAt } = row
  const madeBy = row.made_by_id === null ? null : { id: row.made_by_id, name: row.made_by_name! }
  const made = present({ madeBy, madeWith: row.made_with, adds: row.adds, addsAtMost: row.adds_at_most })
  const invitation = { id, hash, environment, person, ...made, createdAt, expiresAt, ...confirmationOf(row) }
  if (row.spent_at === null) return invitation
  return { ...invitation, spent: { at: row.spent_at, for: row.spent_for!, made: row.spent_made! } }
}
