import { ENVIRONMENTS } from '@scel/contract/values'
import { sql } from 'kysely'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { type Inventory, inventoriesOf } from './inventories.ts'
import { namedNow } from './named-now.ts'

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
  const begin = async (of: Inventory): Promise<void> => {
    const named = await namedNow(db, coded, of)
    if (await inventories.begin(of, named)) count += [...named.keys()].filter((id) => id !== of.owner).length
  }
  for (const environment of ENVIRONMENTS)
    for (const kind of ['administrators', 'former'] as const) await begin({ kind, owner: environment, environment })
  const bare = db.selectFrom('person').selectAll()
  const without = bare.where(
    sql<boolean>`not exists (select 1 from inventory where kind = 'certificates' and owner = person.id)`,
  )
  for (const { id: owner, environment } of coded.allGenuine('person', await without.orderBy('id').execute()))
    await begin({ kind: 'certificates', owner, environment })
  return count
}
