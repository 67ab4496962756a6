import { asSigned } from '../issuance/is-as-signed.ts'
import { isForSignIn } from '../issuance/is-for-sign-in.ts'
import type { Scope } from '../scope.ts'
import type { Readers, Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { EveryCredential } from './credential.port.ts'
import type { Credential, CredentialEnd } from './credential.ts'

export const placeCredential = (stores: Pick<Stores, 'credentials'>, credential: Credential): Promise<void> =>
  stores.credentials.insert(credential)

/**
 * The order of what is decided in this unit to take the place of all that a person signs in with. It is above the numbers of all requests of before,
 * by which the rows of what was decided tell it, too.
 * @param credential id that it will have
 * @throws DeskError storage_altered
 */
export const drawOrder = async (
  stores: Pick<Stores, 'credentials'> & Pick<Readers, 'requests'>,
  scope: Scope,
  person: string,
  credential: string,
): Promise<number> => stores.credentials.draw(scope, person, credential, await stores.requests.next())

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

/**
 * Forgets what a person signs in with whose rows somebody took away: put back, they open nothing. Where nobody can say which those are, all
 * certificates to sign in with that were made out to them are.
 * @returns ids, of certificates their own
 */
export async function forgetLost(
  stores: Pick<Stores, 'credentials'> & Pick<Readers, 'authorities' | 'certificates'>,
  scope: Scope,
  person: string,
  { lost, isWhole }: EveryCredential,
): Promise<readonly string[]> {
  await stores.credentials.forget(scope, person, lost)
  if (isWhole) return lost
  const theirs = await stores.certificates.goodOfPerson(scope, person)
  return (await asSigned(stores, theirs.filter(isForSignIn))).map(({ id }) => id)
}

/** Whatever its row says, it opens nothing from then on. */
export const forgetCredential = (
  stores: Pick<Stores, 'credentials'>,
  scope: Scope,
  person: string,
  id: string,
): Promise<void> => stores.credentials.forget(scope, person, [id])
