import type { HeldKey } from '../keys/holder.ts'
import { holdKey, type KeyHolding, type UsableKey } from '../keys/usable-key.ts'
import type { Stores } from '../work.ts'
import type { Intent } from './intent.ts'

/** What a decision stores: the bytes to be signed, and whose their key is from then on. */
export interface Decided {
  readonly intent: Intent
  readonly held: HeldKey
}

/**
 * Stores what is to be signed, in the unit that decides it, and gives the key to its holder: from here on nobody else
 * gets it certified, whether it is signed already or not.
 * @param found of the key, in the same unit
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function storeIntent(
  stores: Pick<Stores, 'intents'> & KeyHolding,
  { intent, held }: Decided,
  found?: UsableKey,
): Promise<void> {
  await holdKey(stores, held, intent.createdAt, found)
  await stores.intents.insert(intent)
}

/** Takes back what was stored to be signed and is not wanted any more. */
export const dropIntent = (stores: Pick<Stores, 'intents'>, { id }: Intent): Promise<boolean> =>
  stores.intents.close(id)
