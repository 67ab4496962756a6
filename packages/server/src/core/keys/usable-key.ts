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
  const held = await holdingOf(stores, { environment, key, holder })
  return held === 'others' ? refuse('csr_key_in_use', {}) : held === 'theirs'
}

/** Whose a key is, seen from a holder. */
async function holdingOf(
  { keys }: Pick<Stores, 'keys'>,
  { environment, key, holder }: HeldKey,
): Promise<'theirs' | 'others' | 'nobodys'> {
  let held: 'theirs' | 'nobodys' = 'nobodys'
  for (const one of await keys.holdersOf(key)) {
    const here = one.environment === environment
    if (here ? !isSameHolder(one.holder, holder) : one.holder.kind !== holder.kind) return 'others'
    if (here) held = 'theirs'
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

/** Why what was decided for a key comes to nothing, by the code that whoever waits for it reads. */
export type LostKey = 'csr_key_revoked' | 'csr_key_in_use'

/**
 * Asked again where a decision becomes a certificate: it may be older than what is known of its key, and than the table of
 * holders. A revocation for another reason than a compromise came after the decision, and does not undo it.
 */
export async function lostKey(stores: Asked, held: HeldKey): Promise<LostKey | undefined> {
  if (await isCompromisedKey(stores, held.key)) return 'csr_key_revoked'
  return (await holdingOf(stores, held)) === 'others' ? 'csr_key_in_use' : undefined
}

/** Gives a key that is not lost to its holder: a desk that knows no table of holders may have decided, and gave it to nobody. */
export async function keepHeld(stores: Asked, held: HeldKey, since: Instant): Promise<void> {
  if ((await holdingOf(stores, held)) === 'nobodys') await stores.keys.hold(held, since)
}

/** Whether a certificate of the key was revoked, in whatever environment, because somebody else may have it. */
const isCompromisedKey = async ({ certificates }: Pick<Stores, 'certificates'>, key: string): Promise<boolean> =>
  (await certificates.revocationsOfKey(key)).some(({ reason }) => reason === 'keyCompromise')
