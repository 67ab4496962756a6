import { refuse } from '@scel/contract/errors'
import type { Environment } from '@scel/contract/values'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { prepared } from './prepared.ts'

/**
 * `administrators`: of an environment, the grants of administrators that nobody ended; `former`: those that somebody did. `certificates`: of a
 * person, those that they sign in with.
 */
export type InventoryKind = 'administrators' | 'former' | 'certificates'

/** What an inventory is of. */
export interface Inventory {
  readonly kind: InventoryKind
  /** The environment, or the person. */
  readonly owner: string
  readonly environment: Environment
}

/**
 * Which rows there are, in one row under a code (decision 0052). A code says that the desk wrote a row, and nothing of one that is not there: by an
 * inventory one that was taken away is missed, and one that was put back after its end is none.
 */
export interface Inventories {
  /** Ids of the rows that there are. @returns undefined where the inventory itself is gone, which is told */
  named(of: Inventory): Promise<ReadonlySet<string> | undefined>
  /** Writes it where there is none. @returns whether there was none */
  begin(of: Inventory, ids?: readonly string[]): Promise<boolean>
  /** @throws DeskError storage_altered where it is gone */
  add(of: Inventory, id: string): Promise<void>
  drop(of: Inventory, ids: readonly string[]): Promise<void>
}

export function inventoriesOf(db: Bound, coded: CodedRows): Inventories {
  const read = async ({ kind, owner, environment }: Inventory): Promise<ReadonlySet<string> | undefined> => {
    const [found] = (await findInventory(db, { kind, owner })).rows
    const row = coded.genuine('inventory', found)
    if (!found) coded.altered({ table: 'inventory', id: `${kind} ${owner}`, environment })
    return row && new Set(row.ids.split('\n').filter((id) => id !== ''))
  }
  const sealed = ({ kind, owner, environment }: Inventory, ids: readonly string[]) =>
    coded.sealed('inventory', { kind, owner, environment, ids: ids.toSorted().join('\n') })
  const change = async (of: Inventory, ids: readonly string[]): Promise<void> => {
    const { kind, owner, ids: text, row_code } = sealed(of, ids)
    const update = db.updateTable('inventory').set({ ids: text, row_code })
    await update.where('kind', '=', kind).where('owner', '=', owner).execute()
  }
  return {
    named: read,
    begin: async (of, ids = []) => {
      const insert = db.insertInto('inventory').values(sealed(of, ids))
      const { numInsertedOrUpdatedRows } = await insert
        .onConflict((conflict) => conflict.columns(['kind', 'owner']).doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n
    },
    add: async (of, id) => {
      const ids = (await read(of)) ?? refuse('storage_altered', {})
      await change(of, [...new Set([...ids, id])])
    },
    drop: async (of, gone) => {
      const ids = await read(of)
      if (ids && gone.some((id) => ids.has(id)))
        await change(
          of,
          [...ids].filter((id) => !gone.includes(id)),
        )
    },
  }
}

const findInventory = prepared((db, { kind, owner }: Pick<Inventory, 'kind' | 'owner'>) =>
  db.selectFrom('inventory').selectAll().where('kind', '=', kind).where('owner', '=', owner),
)
