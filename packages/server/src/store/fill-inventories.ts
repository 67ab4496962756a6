import { ENVIRONMENTS } from '@scel/contract/values'
import { sql } from 'kysely'
import { anyOf } from './any-of.ts'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { decidedNote } from './credential-store.ts'
import { isListed } from './grant-store.ts'
import { inventoriesOf, type Named } from './inventories.ts'

/**
 * Writes each inventory that there is none of, of the rows that are there under their codes. Called once in the life of a desk, by the first
 * start that finds no note of it beside the keys: whoever could make it happen again could have what they left believed.
 *
 * @param anew writes those that there are anew as well: the operator takes the database as it is
 * @returns how many rows they name
 */
export async function fillInventories(db: Bound, coded: CodedRows, anew = false): Promise<number> {
  const inventories = inventoriesOf(db, coded)
  if (anew) await db.deleteFrom('inventory').execute()
  let count = 0
  for (const environment of ENVIRONMENTS) {
    const grants = db.selectFrom('person_grant').selectAll().where('role', '=', 'administrator')
    const rows = coded.allGenuine('person_grant', await grants.where('environment', '=', environment).execute())
    const isFormer = ({ ended_at }: (typeof rows)[number]): boolean => ended_at !== null
    for (const [kind, isNamed] of [
      ['administrators', isListed],
      ['former', isFormer],
    ] as const) {
      const named: Named = new Map(rows.filter(isNamed).map(({ id }) => [id, '']))
      if (await inventories.begin({ kind, owner: environment, environment }, named)) count += named.size
    }
  }
  const bare = db.selectFrom('person').selectAll()
  const without = bare.where(
    sql<boolean>`not exists (select 1 from inventory where kind = 'certificates' and owner = person.id)`,
  )
  for (const { id: owner, environment, state } of coded.allGenuine('person', await without.orderBy('id').execute())) {
    const every = db.selectFrom('credential').selectAll().where('person', '=', owner).where('kind', '=', 'certificate')
    const rows = coded.allGenuine('credential', await every.execute())
    const open = rows.filter(({ ended_at }) => ended_at === null).map(({ id }) => [id, ''] as const)
    const decided = rows.some(isOfOthersLink) ? await lastRequestOf(db, rows.filter(isOfOthersLink)) : 0
    const came = rows.length > 0 || state === 'active' ? ([[owner, decidedNote(decided)]] as const) : []
    if (await inventories.begin({ kind: 'certificates', owner, environment }, new Map([...came, ...open])))
      count += open.length
  }
  return count
}

const isOfOthersLink = ({ made_with }: { readonly made_with: string | null }): boolean => made_with === null

/** The last request by which one of these certificates was decided. */
async function lastRequestOf(db: Bound, credentials: readonly { readonly id: string }[]): Promise<number> {
  const ids = credentials.map(({ id }) => id)
  const made = db.selectFrom('certificate').select('request').where(anyOf('certificate.id', ids))
  return Math.max(0, ...(await made.execute()).map(({ request }) => request ?? 0))
}
