import type { Selectable } from 'kysely'
import type { PersonEntry } from '../../core/people/person.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { anyOf } from '../queries/any-of.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import type { InvitationRow } from '../tables.ts'
import { confirmationOf } from './confirmation-columns.ts'

type OpenLinks = Pick<PersonEntry, 'invitation' | 'waitingDevice'>

/**
 * By person, their unspent links, of those that the desk wrote: what somebody planted beside one hides it as little as
 * it is shown. Whoever takes away what keeps them to one each finds the newest shown.
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
  for (const row of coded.allGenuine('invitation', found)) {
    links.set(row.person, { ...links.get(row.person), ...shownOf(row) })
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
