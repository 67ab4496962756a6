import type { Scope } from '../scope.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Credential, CredentialEnd } from './credential.ts'

/** It was signed in with. */
export const useCredential = (
  stores: Pick<Stores, 'credentials'>,
  credential: Credential,
  lastUsedAt: Instant,
): Promise<void> => stores.credentials.update({ ...credential, lastUsedAt })

export const nameCredential = (
  stores: Pick<Stores, 'credentials'>,
  credential: Credential,
  name: string,
): Promise<void> => stores.credentials.update({ ...credential, name })

/** Ends what is open of these. @returns those that were */
export async function endCredentials(
  stores: Pick<Stores, 'credentials'>,
  credentials: readonly Credential[],
  at: Instant,
  reason: CredentialEnd,
): Promise<Credential[]> {
  const open = credentials.filter(({ ended }) => ended === undefined)
  for (const credential of open) await stores.credentials.update({ ...credential, ended: { at, reason } })
  return open
}

/** Forgets certificates of a person whose rows somebody took away: put back, they open nothing. @returns their ids */
export const forgetLost = (
  stores: Pick<Stores, 'credentials'>,
  scope: Scope,
  person: string,
): Promise<readonly string[]> => stores.credentials.takeLost(scope, person)
