import { refuse } from '@scel/contract/errors'
import type { Environment, RevocationReason } from '@scel/contract/values'
import type { Credential, CredentialKinds } from '../../credentials/credential.ts'
import { madeFrom } from '../../credentials/made-from.ts'
import { isStrongEnough } from '../../rights/rights.ts'
import type { Readers } from '../../work.ts'
import type { Instant } from '../../world.ts'
import { lastingAdministrators } from '../administrators.ts'

/** Asks whether an administrator can still sign in, whatever with. */
export type RequireNotLast = (
  stores: Readers,
  ending: readonly Ending[],
  reason: RevocationReason,
  now: Instant,
) => Promise<void>

/** What people sign in with, by its id; of a certificate its own. */
type Ending = Pick<Credential, 'id' | 'environment'>

/**
 * Without anything good and strong that an administrator signs in with, only the host's command would help. Whose grant has an end is not counted
 * on.
 * @throws DeskError last_administrator_certificate, of what it makes
 */
export const createRequireNotLast =
  (kinds: CredentialKinds): RequireNotLast =>
  /**
   * @param ending those that are about to be revoked or to end, or to get another reason, of whatever environment
   * @param reason whether what was made with them ends as well
   */
  async (stores, ending, reason, now) => {
    for (const environment of new Set(ending.map((one) => one.environment))) {
      const held: Credential[] = []
      for (const { id } of await lastingAdministrators(stores, environment, now)) {
        held.push(...(await stores.credentials.ofPerson({ environment }, id)))
      }
      const ids = ending.map(({ id }) => id)
      const withMade = reason === 'keyCompromise' || reason === 'privilegeWithdrawn'
      const ends = withMade ? madeFrom(held, ids) : new Set(ids)
      const signsIn: Credential[] = []
      for (const one of held) if (await doesSignIn(kinds, stores, one, now)) signsIn.push(one)
      if (signsIn.length > 0 && signsIn.every(({ id }) => ends.has(id))) refuse('last_administrator_certificate', {})
    }
  }

/** With less strength nobody does what an administrator does. */
const doesSignIn = async (
  kinds: CredentialKinds,
  stores: Readers,
  credential: Credential,
  now: Instant,
): Promise<boolean> =>
  isStrongEnough(credential.strength, 'high') &&
  (await kinds[credential.kind].check(stores, credential, now)) === undefined

/**
 * After an end, in its unit: somebody is left who is an administrator as long as nobody ends it. So no end that comes by itself can
 * leave nobody.
 * @throws DeskError last_administrator
 */
export async function requireLasting(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
): Promise<void> {
  if ((await lastingAdministrators(stores, environment, now)).length === 0) refuse('last_administrator', {})
}
