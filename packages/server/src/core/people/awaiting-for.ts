import type { PersonActor } from '../actor.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'

/** How much waits for the confirmation of this person: nothing, for whoever is no administrator. */
export async function awaitingFor(
  stores: Pick<Readers, 'invitations' | 'kits'>,
  { id, role, environment }: PersonActor,
  now: Instant,
): Promise<{ people: number; kits: number }> {
  if (role !== 'administrator') return { people: 0, kits: 0 }
  const scope = { environment }
  return {
    people: await stores.invitations.countAwaiting(scope, { other: id, now }),
    kits: await stores.kits.countAwaiting(scope, { other: id, now }),
  }
}
