import { refuse } from '@scel/contract/errors'
import { type Reach, Right, Strength } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Scope } from '../scope.ts'
import { RIGHTS_TABLE, STRENGTHS } from './table.ts'

type Entitled = Pick<PersonActor, 'strength' | 'environment' | 'grants'>
type Holder = Pick<Entitled, 'grants'>

/** A right that somebody has, how far it reaches, and how strong a session it takes. */
export interface HeldRight {
  readonly right: Right
  readonly reach: Reach
  readonly needs: Strength
  /** Ids of those where it ends. */
  readonly organisations?: readonly string[]
}

/** How far a person's right reaches, by all of their grants. @returns undefined for a right that they do not have */
export function reachOf({ grants }: Holder, right: Right): Reach | undefined {
  const reaches = grants.map(({ role }) => RIGHTS_TABLE[right][role])
  return reaches.includes('environment') ? 'environment' : reaches.find((reach) => reach !== undefined)
}

/** @returns whether the person has the right at all, wherever it reaches */
export const may = (actor: Holder, right: Right): boolean => reachOf(actor, right) !== undefined

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
export function requireRight(actor: Pick<Entitled, 'grants' | 'strength'>, right: Right): void {
  if (!may(actor, right)) refuse('not_allowed', { right })
  const weakness = weaknessFor(actor, right)
  if (weakness) refuse('strength_needed', weakness)
}

/**
 * The rows that exist for this person when they use this right: those of every place where a grant gives it.
 * @throws DeskError as `requireRight`
 */
export function scopeFor(actor: Entitled, right: Right): Scope {
  const { environment } = actor
  requireRight(actor, right)
  return reachOf(actor, right) === 'environment'
    ? { environment }
    : { environment, within: organisationsOf(actor, right) }
}

/** All that a person may do, and how strong a session it takes; of what ends at organisations, at which. */
export const entitlementsOf = (actor: Holder): HeldRight[] =>
  Right.enum.flatMap((right) => {
    const reach = reachOf(actor, right)
    if (reach === undefined) return []
    const held = { right, reach, needs: STRENGTHS[right] }
    return [reach === 'environment' ? held : { ...held, organisations: organisationsOf(actor, right) }]
  })

/** Ids of the organisations where somebody has a right, each once. A grant that should be of one and is not opens nothing. */
const organisationsOf = ({ grants }: Holder, right: Right): string[] => [
  ...new Set(
    grants.flatMap(({ role, organisation }) =>
      RIGHTS_TABLE[right][role] === 'organisation' && organisation !== undefined ? [organisation] : [],
    ),
  ),
]
