import { refuse } from '@scel/contract/errors'
import type { PersonActor } from '../actor.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { awaits, type Confirmation } from './confirmation.ts'

// What would let one administrator act as two (the link of an administrator), or go on deciding after they are gone (a
// kit's standing approval), needs a second one wherever there is one. See decision 0018.

/**
 * What a thing is made with: waiting for another administrator, or nothing where the desk has only one.
 *
 * @param concerned whom the thing is for, when it is for somebody: they do not confirm it for themselves
 * @throws DeskError second_administrator_missing
 */
export async function confirmationFor(
  stores: Stores,
  actor: PersonActor,
  concerned?: string,
): Promise<{ readonly confirmation?: Confirmation }> {
  const administrators = await activeAdministrators(stores, actor)
  if (administrators.length < 2) return {}
  if (administrators.every((id) => id === actor.id || id === concerned)) refuse('second_administrator_missing', {})
  return { confirmation: { asked: { id: actor.id, name: actor.name } } }
}

/**
 * The confirmation as this person gives it.
 *
 * @throws DeskError confirmation_not_wanted, second_administrator_needed
 */
export async function confirmedBy(
  stores: Stores,
  actor: PersonActor,
  thing: { readonly confirmation?: Confirmation },
  at: Instant,
  concerned?: string,
): Promise<Required<Confirmation>> {
  const { confirmation } = thing
  if (!confirmation || !awaits(thing)) return refuse('confirmation_not_wanted', {})
  if (!mayConfirm(actor, thing, concerned)) refuse('second_administrator_needed', {})
  // Of somebody who lost the right to ask, nothing is confirmed.
  const administrators = await activeAdministrators(stores, actor)
  if (!administrators.includes(confirmation.asked.id)) refuse('confirmation_not_wanted', {})
  return { ...confirmation, given: { at, id: actor.id, name: actor.name } }
}

/** Whether this person is the second one that a thing waits for. */
export const mayConfirm = (
  actor: Pick<PersonActor, 'id' | 'role'>,
  thing: { readonly confirmation?: Confirmation },
  concerned?: string,
): boolean =>
  awaits(thing) && actor.role === 'administrator' && actor.id !== thing.confirmation?.asked.id && actor.id !== concerned

async function activeAdministrators(stores: Stores, { environment }: PersonActor): Promise<string[]> {
  const { items } = await stores.people.page({ environment }, { role: 'administrator', state: 'active', size: 200 })
  return items.map(({ id }) => id)
}
