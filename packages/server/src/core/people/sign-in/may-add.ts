import { refuse } from '@scel/contract/errors'
import type { PersonActor } from '../../actor.ts'
import type { Confirmation } from '../../confirming/confirmation.ts'
import type { SecondAdministrator } from '../../confirming/second-administrator.ts'
import type { CredentialKinds } from '../../credentials/credential.ts'
import type { Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'

/**
 * Whether somebody may have something more to sign in with, of whatever kind; asked in the unit in which they ask for it. Of an administrator it
 * waits for another one's confirmation, where there is one: whoever stole a session does not make themselves at home.
 * @throws DeskError credentials_too_many, second_administrator_missing
 */
export type MayAdd = (
  stores: Stores,
  actor: PersonActor,
  now: Instant,
) => Promise<{ readonly confirmation?: Confirmation }>

interface Needs {
  readonly kinds: CredentialKinds
  readonly second: SecondAdministrator
}

export const createMayAdd =
  ({ kinds, second }: Needs): MayAdd =>
  async (stores, actor, now) => {
    const { environment, id } = actor
    const held = await stores.credentials.openOf({ environment }, id)
    // Asked one by one, so only of whoever has as many: what has expired is among them, and opens nothing.
    let left = held.length
    for (const one of held) {
      if (left < MOST) break
      if ((await kinds[one.kind].check(stores, one, now)) !== undefined) left--
    }
    if (left >= MOST) refuse('credentials_too_many', { most: MOST })
    const is = actor.grants.some(({ role }) => role === 'administrator')
    const administers = is || (await second.counts(stores, actor))
    return administers ? second.confirmationFor(stores, actor, id) : {}
  }

/** All that somebody signs in with is read at each of their calls, and shown on one page. */
const MOST = 50
