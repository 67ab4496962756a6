import { scopeAt } from '../scope.ts'
import type { Stores } from '../work.ts'
import type { Kit } from './kit.ts'

/** One of the uses of a kit was made, in the unit that stores what was asked with it. */
export const countUse = (stores: Pick<Stores, 'kits'>, kit: Kit): Promise<void> =>
  stores.kits.countUse(scopeAt(kit), kit.id)

/** What was asked with a kit was refused. */
export const countRefusal = (stores: Pick<Stores, 'kits'>, kit: Kit): Promise<void> =>
  stores.kits.countRefusal(scopeAt(kit), kit.id)
