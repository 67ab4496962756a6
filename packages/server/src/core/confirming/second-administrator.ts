import { refuse } from '@scel/contract/errors'
import type { Environment, Right } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { may } from '../rights/rights.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { awaits, type Confirmation } from './confirmation.ts'

// What would let one administrator act as two (the link of an administrator), or go on deciding after they are gone (a
// kit's standing approval), needs a second one wherever there is one. See decision 0018.

/** The right it takes to be the second one. */
export type Confirming = Extract<Right, 'confirm_people' | 'confirm_kits'>

/** Asks for a second administrator, and takes what they say. */
export interface SecondAdministrator {
  /**
   * What a thing is made with: waiting for another administrator, or nothing where the desk has only one.
   *
   * @param concerned whom the thing is for, when it is for somebody: they do not confirm it for themselves
   * @throws DeskError second_administrator_missing
   */
  confirmationFor(
    stores: Readers,
    actor: PersonActor,
    concerned?: string,
  ): Promise<{ readonly confirmation?: Confirmation }>
  /**
   * The confirmation as this person gives it.
   *
   * @throws DeskError confirmation_not_wanted, second_administrator_needed
   */
  confirmedBy(
    stores: Readers,
    actor: PersonActor,
    right: Confirming,
    thing: { readonly confirmation?: Confirmation },
    at: Instant,
    concerned?: string,
  ): Promise<Required<Confirmation>>
}

/** @param administrators ids of those who are active; given from above, because whoever makes things does not know people */
export const createSecondAdministrator = (
  administrators: (stores: Readers, environment: Environment) => Promise<readonly string[]>,
): SecondAdministrator => ({
  confirmationFor: async (stores, actor, concerned) => {
    const active = await administrators(stores, actor.environment)
    if (active.length < 2) return {}
    if (active.every((id) => id === actor.id || id === concerned)) refuse('second_administrator_missing', {})
    return { confirmation: { asked: { id: actor.id, name: actor.name } } }
  },
  confirmedBy: async (stores, actor, right, thing, at, concerned) => {
    const { confirmation } = thing
    if (!confirmation || !awaits(thing)) return refuse('confirmation_not_wanted', {})
    if (!mayConfirm(actor, right, thing, concerned)) refuse('second_administrator_needed', {})
    // Of somebody who lost the right to ask, nothing is confirmed.
    const active = await administrators(stores, actor.environment)
    if (!active.includes(confirmation.asked.id)) refuse('confirmation_not_wanted', {})
    return { ...confirmation, given: { at, id: actor.id, name: actor.name } }
  },
})

/** Whether this person is the second one that a thing waits for. */
export const mayConfirm = (
  actor: Pick<PersonActor, 'id' | 'grants'>,
  right: Confirming,
  thing: { readonly confirmation?: Confirmation },
  concerned?: string,
): boolean => awaits(thing) && may(actor, right) && actor.id !== thing.confirmation?.asked.id && actor.id !== concerned
