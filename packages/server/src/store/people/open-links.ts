import type { Selectable } from 'kysely'
import type { PersonEntry } from '../../core/people/person.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { inventoriesOf } from '../codes/inventories.ts'
import { inventoryOfLink, linkLine } from '../keys/named-now.ts'
import { anyOf } from '../queries/any-of.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import type { InvitationRow } from '../tables.ts'
import { confirmationOf } from './confirmation-columns.ts'

type OpenLinks = Pick<PersonEntry, 'invitation' | 'waitingDevice'>

/**
 * By person, their unspent links, of those that the desk wrote: what somebody planted beside one hides it as little as
 * it is shown, and what was spent or taken back and is put back is none (`invitation-store.ts`). Whoever takes away what keeps them to one each finds the newest shown.
 */
export async function openLinks(
  db: Bound,
  coded: CodedRows,
  scope: Scope,
  people: readonly string[],
): Promise<ReadonlyMap<string, OpenLinks>> {
  if (people.length === 0) return new Map()
  const rows = db.selectFrom('invitation').selectAll().where(anyOf('person', people)).where('spent_at', 'is', null)
  const found = await rows.where(inScope('invitation', scope)).orderBy('created_at').orderBy('hash').execute()
  const links = new Map<string, OpenLinks>()
  const genuine = coded.allGenuine('invitation', found)
  const named = await inventoriesOf(db, coded).namedAll(genuine.map(inventoryOfLink))
  for (const row of genuine) {
    const theirs = named.get(row.person)
    if (theirs && !theirs.has(linkLine(row)[0]))
      coded.altered({ table: 'invitation', id: row.hash, environment: row.environment })
    else links.set(row.person, { ...links.get(row.person), ...shownOf(row) })
  }
  return links
}

/** Of those that somebody made for another computer of theirs, only one that waits for a second administrator. */
function shownOf(row: Selectable<InvitationRow>): OpenLinks {
  const { hash, created_at: createdAt, expires_at: expiresAt, adds } = row
  const link = { hash, createdAt, expiresAt, ...present({ adds }), ...confirmationOf(row) }
  if (adds === null) return { invitation: link }
  return row.asked_by_id !== null && row.confirmed_at === null ? { waitingDevice: link } : {}
}
