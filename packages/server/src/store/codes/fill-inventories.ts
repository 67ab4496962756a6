import { ENVIRONMENTS } from '@scel/contract/values'
import type { Bound } from '../bound.ts'
import { namedNow } from '../keys/named-now.ts'
import type { CodedRows } from './coded-rows.ts'
import { type Inventory, inventoriesOf } from './inventories.ts'

/**
 * Writes all inventories anew, of the rows that are there under their codes. Done by a first start, once it has looked at its mark, and where the
 * operator takes a database as it is; never else, and by no opening: whoever could make it happen could have what they left believed.
 */
export async function fillInventories(db: Bound, coded: CodedRows): Promise<void> {
  await db.deleteFrom('inventory').execute()
  const people = coded.allGenuine('person', await db.selectFrom('person').selectAll().orderBy('id').execute())
  const ofPeople = people.map(({ id: owner, environment }) => ({ kind: 'credentials', owner, environment }) as const)
  for (const of of [...ofEnvironments(), ...ofPeople])
    await inventoriesOf(db, coded).begin(of, await namedNow(db, coded, of))
}

const ofEnvironments = (): Inventory[] =>
  ENVIRONMENTS.flatMap((environment) =>
    (['administrators', 'former'] as const).map((kind) => ({ kind, owner: environment, environment })),
  )
