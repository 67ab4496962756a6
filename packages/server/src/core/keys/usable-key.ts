import { refuse } from '@scel/contract/errors'
import { settling } from '../services/settling.ts'
import type { Readers, Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { type HeldKey, type Holder, isSameHolder, isSameParty } from './holder.ts'

type Asked = Pick<Readers, 'keys' | 'services'>

/** What it takes to give a key to somebody. */
export type KeyHolding = Pick<Stores, 'keys'> & Asked

/** What was found of a key that may be certified for its holder; it holds in the unit that found it. */
export interface UsableKey {
  readonly held: HeldKey
  /** Whether it is theirs already. */
  readonly isTheirs: boolean
}

/**
 * Whether a key may be certified for a holder. In its environment it must be theirs or nobody's; elsewhere it may have no
 * other applicant, and be a person's, a machine's or the desk's only if it is one of the same kind here: somebody who found
 * a request without its applicant's name would otherwise have its key certified too, and could call it compromised.
 * Compromises count everywhere.
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function requireUsableKey(stores: Asked, held: HeldKey): Promise<UsableKey> {
  const holding = await holdingOf(stores, held)
  const revoked = await revocationsThatCount(stores, held, holding)
  if (revoked.some((one) => one.environment === held.environment || one.reason === 'keyCompromise')) {
    refuse('csr_key_revoked', {})
  }
  return holding === 'others' ? refuse('csr_key_in_use', {}) : { held, isTheirs: holding === 'theirs' }
}

type Holding = 'theirs' | 'others' | 'nobodys'

/** Whose a key is, seen from a holder. */
async function holdingOf(stores: Asked, { environment, key, holder }: HeldKey): Promise<Holding> {
  const holders = await stores.keys.holdersOf(key)
  const owned = [{ environment, holder }, ...holders].map((one) => ({ ...one, owner: one.holder.owner }))
  const now = await settling(stores, owned)
  const settled = (one: Holder): Holder => ({ ...one, owner: now(one.owner) })
  const wanted = settled(holder)
  const theirs = holders.some((one) => one.environment === environment && isSameHolder(settled(one.holder), wanted))
  for (const one of holders) {
    const { owner } = settled(one.holder)
    if (owner.kind !== wanted.owner.kind) return 'others'
    // What is theirs already stays theirs, whoever is said to have it elsewhere.
    if (!theirs && (one.environment === environment || !isSameParty(owner, wanted.owner))) return 'others'
  }
  return theirs ? 'theirs' : 'nobodys'
}

/** Revocations of a key: what is theirs already is not lost by what somebody else says of it. */
async function revocationsThatCount(stores: Asked, { environment, key, holder }: HeldKey, holding: Holding) {
  const all = await stores.keys.revocationsOf(key)
  if (holding !== 'theirs') return all
  const now = await settling(stores, [{ environment, owner: holder.owner }, ...all])
  return all.filter(({ owner }) => isSameParty(now(owner), now(holder.owner)))
}

/**
 * Gives the key to its holder, in the unit that decides to certify it.
 * @param found in the same unit: it is not asked again, unless it speaks of another key or holder
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function holdKey(stores: KeyHolding, held: HeldKey, since: Instant, found?: UsableKey): Promise<void> {
  const isFound = found !== undefined && isSameHeld(found.held, held)
  const { isTheirs } = isFound ? found : await requireUsableKey(stores, held)
  if (!isTheirs) await stores.keys.hold(held, since)
}

const isSameHeld = (one: HeldKey, other: HeldKey): boolean =>
  one.environment === other.environment && one.key === other.key && isSameHolder(one.holder, other.holder)

/** Why what was decided for a key comes to nothing, by the code that whoever waits for it reads. */
export type LostKey = 'csr_key_revoked' | 'csr_key_in_use'

/**
 * Asked again where a decision becomes a certificate: it may be older than what is known of its key, and than the table of
 * holders. A revocation for another reason than a compromise came after the decision, and does not undo it.
 */
export const lostKey = async (stores: Asked, held: HeldKey): Promise<LostKey | undefined> =>
  lostBy(stores, held, await holdingOf(stores, held))

/**
 * The same in the unit that makes the certificate: a key that is not lost is its holder's from then on. A desk that knows no
 * table of holders may have decided, and gave it to nobody.
 */
export async function keepKey(stores: KeyHolding, held: HeldKey, since: Instant): Promise<LostKey | undefined> {
  const holding = await holdingOf(stores, held)
  const lost = await lostBy(stores, held, holding)
  if (!lost && holding === 'nobodys') await stores.keys.hold(held, since)
  return lost
}

async function lostBy(stores: Asked, held: HeldKey, holding: Holding): Promise<LostKey | undefined> {
  const revoked = await revocationsThatCount(stores, held, holding)
  if (revoked.some(({ reason }) => reason === 'keyCompromise')) return 'csr_key_revoked'
  return holding === 'others' ? 'csr_key_in_use' : undefined
}
