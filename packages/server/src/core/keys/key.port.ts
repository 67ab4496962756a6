import type { Environment, RevocationReason } from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { Instant } from '../world.ts'
import type { HeldKey } from './holder.ts'

/**
 * Whose each key is that was ever certified, or is about to be. The database itself lets a key have one holder in an
 * environment, and lets nobody change or forget one: what a key's first holder knows of it, they know for good.
 */
export interface KeyReader {
  /** In every environment, on purpose: a key that is known in one is known in the other. */
  holdersOf(key: string): Promise<HeldKey[]>
  /** Where, why and whose certificates of this SPKI hash were revoked, each once, in whatever environment. */
  revocationsOf(key: string): Promise<{ environment: Environment; reason: RevocationReason; owner: Owner }[]>
}

export interface KeyStore extends KeyReader {
  /** Writes the holder of a key that has none in the environment; a second one is a conflict. */
  hold(held: HeldKey, since: Instant): Promise<void>
}
