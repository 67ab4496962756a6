import type { Strength } from '@scel/contract/values'
import { placeCredential } from '../../credentials/change-credentials.ts'
import type { Credential } from '../../credentials/credential.ts'
import { isTrusted } from '../../credentials/is-trusted.ts'
import { lesser } from '../../rights/rights.ts'
import type { Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'
import type { Person } from '../person.ts'

/** Something more to sign in with, of whatever kind, that somebody makes for themselves. */
export interface Adding {
  readonly person: Person
  /** As strong as its kind may be. */
  readonly credential: Omit<Credential, 'madeWith'>
  /** Id of what they were signed in with when they asked for it (`MayAdd`). */
  readonly madeWith: string | undefined
  /** How well was known who is there then. */
  readonly atMost: Strength
}

/**
 * Adds it to what they have: it is as strong as what they asked for it with and as their session was, at most.
 * @returns false where nobody trusts that any more: then nothing was done
 */
export async function addSignIn(
  stores: Stores,
  { person, credential, madeWith, atMost }: Adding,
  at: Instant,
): Promise<boolean> {
  const { environment, id } = person
  const maker = madeWith === undefined ? undefined : await stores.credentials.find({ environment }, madeWith)
  if (!maker || !(await isTrusted(stores, { environment }, maker.id))) return false
  const strength = lesser(credential.strength, lesser(maker.strength, atMost))
  await placeCredential(stores, { ...credential, strength, madeWith: maker.id })
  await stores.people.update({ ...person, state: 'active' })
  await stores.outbox.append({ environment, kind: 'person', target: id, state: 'active', at })
  return true
}
