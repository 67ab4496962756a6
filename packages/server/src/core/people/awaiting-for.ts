import type { Right } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { may, scopeFor, weaknessFor } from '../rights/rights.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'

/** How much waits for the confirmation of this person: nothing, for whoever may not confirm, or is not signed in well enough. */
export async function awaitingFor(
  stores: Pick<Readers, 'invitations' | 'grants' | 'kits'>,
  actor: PersonActor,
  now: Instant,
): Promise<{ people: number; kits: number }> {
  const can = (right: Right): boolean => may(actor, right) && !weaknessFor(actor, right)
  const filter = { other: actor.id, now }
  const people = async (): Promise<number> => {
    const scope = scopeFor(actor, 'confirm_people')
    return (await stores.invitations.countAwaiting(scope, filter)) + (await stores.grants.countAwaiting(scope, filter))
  }
  return {
    people: can('confirm_people') ? await people() : 0,
    kits: can('confirm_kits') ? await stores.kits.countAwaiting(scopeFor(actor, 'confirm_kits'), filter) : 0,
  }
}
