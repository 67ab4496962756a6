import { refuse } from '@scel/contract/errors'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { type HeldKey, isSameHolder } from './holder.ts'

type Asked = Pick<Stores, 'keys' | 'certificates'>

/**
 * Whether a key may be certified for a holder. In its environment it must be theirs or nobody's; elsewhere it may be a
 * person's, a machine's or the desk's only if it is one of the same kind here. Compromises count everywhere.
 * @returns whether it is theirs already
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function requireUsableKey(stores: Asked, { environment, key, holder }: HeldKey): Promise<boolean> {
  for (const one of await stores.certificates.revocationsOfKey(key)) {
    if (one.environment === environment || one.reason === 'keyCompromise') refuse('csr_key_revoked', {})
  }
  let held = false
  for (const one of await stores.keys.holdersOf(key)) {
    const here = one.environment === environment
    if (here ? !isSameHolder(one.holder, holder) : one.holder.kind !== holder.kind) refuse('csr_key_in_use', {})
    if (here) held = true
  }
  return held
}

/**
 * Gives the key to its holder, in the unit that decides to certify it.
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function holdKey(stores: Asked, held: HeldKey, since: Instant): Promise<void> {
  if (!(await requireUsableKey(stores, held))) await stores.keys.hold(held, since)
}

/** Whether a certificate of the key was revoked, in whatever environment, because somebody else may have it. */
export const isCompromisedKey = async ({ certificates }: Pick<Stores, 'certificates'>, key: string): Promise<boolean> =>
  (await certificates.revocationsOfKey(key)).some(({ reason }) => reason === 'keyCompromise')
