import { refuse } from '@scel/contract/errors'
import type { Environment } from '@scel/contract/values'
import type { Bound } from '../bound.ts'
import { prepared } from '../opening/prepared.ts'
import { anyOf } from '../queries/any-of.ts'
import type { CodedRows } from './coded-rows.ts'

/**
 * `administrators`: of an environment, the grants of administrators that wait for nobody and that nobody ended; `former`: those that somebody did.
 * `credentials`: of a person, what lasts of what they sign in with, of certificates their own ids, and from the first of them on the person themselves: they came; what was
 * drawn last to take the place of all that; and the links that open (`keys/named-now.ts`).
 */
export type InventoryKind = 'administrators' | 'former' | 'credentials'

/** Ids of rows, each with what is noted of it; most have nothing. */
export type Named = ReadonlyMap<string, string>

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
  /** The rows that there are. @returns undefined where the inventory itself is gone, which is told */
  named(of: Inventory): Promise<Named | undefined>
  /** The same of several of one kind, by their owners; of those that are there. */
  namedAll(of: readonly Inventory[]): Promise<ReadonlyMap<string, Named>>
  /** Writes it where there is none. @returns whether there was none */
  begin(of: Inventory, rows?: Named): Promise<boolean>
  /** @throws DeskError storage_altered where it is gone */
  add(of: Inventory, rows: Named): Promise<void>
  /** Writes what follows from what is there. @throws DeskError storage_altered where it is gone */
  rewrite(of: Inventory, next: (there: Named) => Named): Promise<void>
  drop(of: Inventory, ids: readonly string[] | ((id: string, note: string) => boolean)): Promise<void>
}

export function inventoriesOf(db: Bound, coded: CodedRows): Inventories {
  const read = async ({ kind, owner, environment }: Inventory): Promise<Named | undefined> => {
    const [found] = (await findInventory(db, { kind, owner })).rows
    const row = coded.genuine('inventory', found)
    if (!found) coded.altered({ table: 'inventory', id: `${kind} ${owner}`, environment })
    return row && namedIn(row.ids)
  }
  const sealed = ({ kind, owner, environment }: Inventory, rows: Named) => {
    const lines = [...rows].map(([id, note]) => (note === '' ? id : `${id}\t${note}`))
    return coded.sealed('inventory', { kind, owner, environment, ids: lines.toSorted().join('\n') })
  }
  const change = async (of: Inventory, rows: Named): Promise<void> => {
    const { kind, owner, ids: text, row_code } = sealed(of, rows)
    const update = db.updateTable('inventory').set({ ids: text, row_code })
    await update.where('kind', '=', kind).where('owner', '=', owner).execute()
  }
  const rewrite: Inventories['rewrite'] = async (of, next) =>
    change(of, next((await read(of)) ?? refuse('storage_altered', {})))
  return {
    named: read,
    namedAll: async (all) => {
      const [first, ...others] = all
      if (!first) return new Map()
      const one = others.length === 0 ? await read(first) : undefined
      if (others.length === 0) return new Map(one ? [[first.owner, one]] : [])
      const owners = all.map(({ owner }) => owner)
      const rows = db.selectFrom('inventory').selectAll().where('kind', '=', first.kind)
      const found = await rows.where(anyOf('owner', owners)).execute()
      const there = new Set(found.map(({ owner }) => owner))
      for (const { kind, owner, environment } of all)
        if (!there.has(owner)) coded.altered({ table: 'inventory', id: `${kind} ${owner}`, environment })
      return new Map(coded.allGenuine('inventory', found).map((row) => [row.owner, namedIn(row.ids)]))
    },
    begin: async (of, rows = new Map()) => {
      const insert = db.insertInto('inventory').values(sealed(of, rows))
      const { numInsertedOrUpdatedRows } = await insert
        .onConflict((conflict) => conflict.columns(['kind', 'owner']).doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n
    },
    add: (of, rows) => rewrite(of, (there) => new Map([...there, ...rows])),
    rewrite,
    drop: async (of, gone) => {
      const rows = await read(of)
      if (!rows) return
      const isGone = typeof gone === 'function' ? gone : (id: string) => gone.includes(id)
      const left = [...rows].filter(([id, note]) => !isGone(id, note))
      if (left.length < rows.size) await change(of, new Map(left))
    },
  }
}

const namedIn = (ids: string): Named => new Map(ids.split('\n').flatMap(lineOf))

const lineOf = (line: string): [id: string, note: string][] => {
  const [id = '', note = ''] = line.split('\t')
  return id === '' ? [] : [[id, note]]
}

const findInventory = prepared((db, { kind, owner }: Pick<Inventory, 'kind' | 'owner'>) =>
  db.selectFrom('inventory').selectAll().where('kind', '=', kind).where('owner', '=', owner),
)
