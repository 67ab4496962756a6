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
   * @param back whether it gives back to them what they had lately: where nobody else is one now, it waits for nobody
   * @throws DeskError second_administrator_missing
   */
  confirmationFor(
    stores: Readers,
    actor: PersonActor,
    concerned?: string,
    back?: boolean,
  ): Promise<{ readonly confirmation?: Confirmation }>
  /** Whether somebody counts as an administrator: they are one, or were lately. */
  counts(stores: Readers, person: { readonly environment: Environment; readonly id: string }): Promise<boolean>
  /**
   * The confirmation as this person gives it.
   *
   * @throws DeskError confirmation_not_wanted, second_administrator_needed
   */
  confirmedBy(
    stores: Readers,
    actor: PersonActor,
    right: Confirming,
    thing: { readonly confirmation?: Confirmation; readonly askedAt: Instant },
    at: Instant,
    concerned?: string,
  ): Promise<Required<Confirmation>>
}

/** Who is an administrator, as people know it: given from above, because whoever makes things does not know them. */
export interface Administrators {
  /** Those who count: now, and lately. `isOne`: they can answer at once; `remains`: or when they are one again. */
  counted(
    stores: Readers,
    environment: Environment,
  ): Promise<readonly { readonly id: string; readonly isOne: boolean; readonly remains: boolean }[]>
  /** Whether somebody is one now, and has been since then without a break. */
  isSince(stores: Readers, environment: Environment, id: string, since: Instant): Promise<boolean>
}

export const createSecondAdministrator = ({ counted, isSince }: Administrators): SecondAdministrator => ({
  counts: async (stores, { environment, id }) => (await counted(stores, environment)).some((one) => one.id === id),
  confirmationFor: async (stores, actor, concerned, back = false) => {
    const all = await counted(stores, actor.environment)
    if (all.length < 2) return {}
    const others = all.filter(({ id }) => id !== actor.id && id !== concerned)
    // Who is given back what they had is the second one again, and nobody more: of several that one alone ended, the first comes back at once, and answers for the next.
    const waits = others.some(({ isOne, remains }) => (back ? isOne : remains))
    if (waits) return { confirmation: { asked: { id: actor.id, name: actor.name } } }
    return back ? {} : refuse('second_administrator_missing', {})
  },
  confirmedBy: async (stores, actor, right, thing, at, concerned) => {
    const { confirmation } = thing
    if (!confirmation || !awaits(thing)) return refuse('confirmation_not_wanted', {})
    if (!mayConfirm(actor, right, thing, concerned)) refuse('second_administrator_needed', {})
    // Of somebody who lost the right to ask, nothing is confirmed, nor when they have it again: what they want still, they ask for anew.
    const { asked } = confirmation
    if (!(await isSince(stores, actor.environment, asked.id, thing.askedAt))) refuse('confirmation_not_wanted', {})
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
