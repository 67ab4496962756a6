import { refuse } from '@scel/contract/errors'
import { type Entitlement, type Reach, Right, Strength } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Scope } from '../scope.ts'
import { RIGHTS_TABLE, STRENGTHS } from './table.ts'

type Entitled = Pick<PersonActor, 'role' | 'strength' | 'environment' | 'organisation'>

/** How far a person's right reaches. @returns undefined for a right that they do not have */
export const reachOf = ({ role }: Pick<Entitled, 'role'>, right: Right): Reach | undefined => RIGHTS_TABLE[right][role]

/** @returns whether the person has the right at all, wherever it reaches */
export const may = (actor: Pick<Entitled, 'role'>, right: Right): boolean => reachOf(actor, right) !== undefined

/** Whether it is known well enough who is there. */
export const isStrongEnough = (have: Strength, needed: Strength): boolean =>
  Strength.enum.indexOf(have) >= Strength.enum.indexOf(needed)

/** What a right takes of how well is known who is there, where that is missing. */
export function weaknessFor(
  { strength: have }: Pick<Entitled, 'strength'>,
  right: Right,
): { readonly right: Right; readonly needed: Strength; readonly have: Strength } | undefined {
  const needed = STRENGTHS[right]
  return isStrongEnough(have, needed) ? undefined : { right, needed, have }
}

/** @throws DeskError not_allowed, which names the right that is missing; strength_needed */
export function requireRight(actor: Pick<Entitled, 'role' | 'strength'>, right: Right): void {
  if (!may(actor, right)) refuse('not_allowed', { right })
  const weakness = weaknessFor(actor, right)
  if (weakness) refuse('strength_needed', weakness)
}

/**
 * The rows that exist for this person when they use this right.
 * @throws DeskError as `requireRight`
 */
export function scopeFor(actor: Entitled, right: Right): Scope {
  const { environment, organisation } = actor
  requireRight(actor, right)
  if (reachOf(actor, right) === 'environment') return { environment }
  // Somebody without organisation cannot be a manager; if a row says so all the same, nothing exists for them.
  return { environment, within: organisation ? [organisation.id] : [] }
}

/** All that a person may do, and how strong a session it takes. */
export const entitlementsOf = (actor: Pick<Entitled, 'role'>): Entitlement[] =>
  Right.enum.flatMap((right) => {
    const reach = reachOf(actor, right)
    return reach === undefined ? [] : [{ right, reach, needs: STRENGTHS[right] }]
  })
