import { ENVIRONMENTS } from '@scel/contract/values'
import { sql } from 'kysely'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { inventoriesOf } from './inventories.ts'

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
    for (const kind of ['administrators', 'former'] as const) {
      const ids = rows.filter(({ ended_at }) => (ended_at === null) === (kind === 'administrators')).map(({ id }) => id)
      if (await inventories.begin({ kind, owner: environment, environment }, ids)) count += ids.length
    }
  }
  const bare = db.selectFrom('person').selectAll()
  const without = bare.where(
    sql<boolean>`not exists (select 1 from inventory where kind = 'certificates' and owner = person.id)`,
  )
  for (const { id: owner, environment } of coded.allGenuine('person', await without.orderBy('id').execute())) {
    const open = db.selectFrom('credential').selectAll().where('person', '=', owner).where('kind', '=', 'certificate')
    const rows = await open.where('ended_at', 'is', null).execute()
    const ids = coded.allGenuine('credential', rows).map(({ id }) => id)
    if (await inventories.begin({ kind: 'certificates', owner, environment }, ids)) count += ids.length
  }
  return count
}
