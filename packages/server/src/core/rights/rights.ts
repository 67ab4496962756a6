import { refuse } from '@scel/contract/errors'
import { type Reach, Right, Strength } from '@scel/contract/values'
import type { Granted, PersonActor } from '../actor.ts'
import { type Place, reaches, type Scope, type ServiceOf, scopeOf } from '../scope.ts'
import { OWN_STRENGTHS, RIGHTS_TABLE, STRENGTHS } from './table.ts'

type Entitled = Pick<PersonActor, 'id' | 'strength' | 'environment' | 'grants'>
type Grantee = Pick<Entitled, 'id' | 'environment' | 'grants'>
type Holder = Pick<Entitled, 'grants'>

/** A right that somebody has, how far it reaches, and how strong a session it takes. */
export interface HeldRight {
  readonly right: Right
  readonly reach: Reach
  readonly needs: Strength
  /** Ids of those where it ends. */
  readonly organisations?: readonly string[]
  /** Those of other organisations, besides. */
  readonly services?: readonly ServiceOf[]
}

/** How far a person's right reaches, by all of their grants; `own` where no grant gives it. @returns undefined for a right that they do not have */
export function reachOf({ grants }: Holder, right: Right): Reach | undefined {
  const reaches = [...grants.map((grant) => reachBy(grant, right)), RIGHTS_TABLE[right].everybody]
  return reaches.includes('environment') ? 'environment' : reaches.find((reach) => reach !== undefined)
}

/** How far one grant alone takes a right: one for a service gives nothing that takes the whole organisation. */
function reachBy({ role, service }: Granted, right: Right): Reach | undefined {
  const reach = RIGHTS_TABLE[right][role]
  return service !== undefined && reach !== 'service' ? undefined : reach
}

/** @returns whether the person has the right at all, wherever it reaches */
export const may = (actor: Holder, right: Right): boolean => reachOf(actor, right) !== undefined

/** Whether it is known well enough who is there. */
export const isStrongEnough = (have: Strength, needed: Strength): boolean =>
  Strength.enum.indexOf(have) >= Strength.enum.indexOf(needed)

/** The weaker of two. */
export const lesser = (one: Strength, other: Strength): Strength => (isStrongEnough(one, other) ? other : one)

/** How strong a session a right takes over something: over what is one's own sometimes less than over the rest. */
export const neededFor = (right: Right, over: 'own' | 'others'): Strength =>
  (over === 'own' ? OWN_STRENGTHS[right] : undefined) ?? STRENGTHS[right]

/** What a session lacks of a strength that a right takes: by default over what is not one's own. */
export function weaknessFor(
  { strength: have }: Pick<Entitled, 'strength'>,
  right: Right,
  needed: Strength = neededFor(right, 'others'),
): { readonly right: Right; readonly needed: Strength; readonly have: Strength } | undefined {
  return isStrongEnough(have, needed) ? undefined : { right, needed, have }
}

/**
 * That somebody may use a right over something at all: whether over this very thing, its place says, and how strong a session that takes.
 * @throws DeskError not_allowed, which names the right that is missing; strength_needed
 */
export function requireRight(actor: Pick<Entitled, 'grants' | 'strength'>, right: Right): void {
  if (!may(actor, right)) refuse('not_allowed', { right })
  const weakness = weaknessFor(actor, right, neededFor(right, isOfOwn(right) ? 'own' : 'others'))
  if (weakness) refuse('strength_needed', weakness)
}

/**
 * The rows that exist for this person when they use this right: those of every place where a grant gives it, and what is their own; that
 * alone with a session that is too weak for the rest.
 * @throws DeskError as `requireRight`
 */
export function scopeFor(actor: Entitled, right: Right): Scope {
  requireRight(actor, right)
  const { environment, id: own } = actor
  return weaknessFor(actor, right) ? { environment, within: [], own } : reachedBy(actor, right)
}

/** Whether a right reaches where something is, with a session however strong: having it for another place is not having it here. */
export const reachesPlace = (actor: Grantee, right: Right, place: Place): boolean =>
  may(actor, right) && reaches(reachedBy(actor, right), place)

/** Whether everybody has the right over what is their own. */
export const isOfOwn = (right: Right): boolean => RIGHTS_TABLE[right].everybody === 'own'

/** Whether something is one's own, and the right is everybody's over that: who has it over nothing else has it here. */
export const isOnesOwn = ({ id, environment }: Grantee, right: Right, { owner, ...place }: Place): boolean =>
  isOfOwn(right) && place.environment === environment && owner?.kind === 'person' && owner.id === id

/** The rows that a right reaches however well is known who is there: what a page offers, which says besides why it is not possible now. */
export function reachedBy(actor: Grantee, right: Right): Scope {
  const { environment, id: own } = actor
  if (reachOf(actor, right) === 'environment') return { environment }
  const granted = scopeOf(environment, organisationsOf(actor, right), servicesOf(actor, right))
  return isOfOwn(right) ? { ...granted, own } : granted
}

/** All that a person may do, and how strong a session it takes; of what ends at organisations, at which. */
export const entitlementsOf = (actor: Holder): HeldRight[] =>
  Right.enum.flatMap((right) => {
    const reach = reachOf(actor, right)
    if (reach === undefined) return []
    const held = { right, reach, needs: neededFor(right, reach === 'own' ? 'own' : 'others') }
    if (reach === 'environment' || reach === 'own') return [held]
    const organisations = organisationsOf(actor, right)
    const services = servicesOf(actor, right).filter(({ organisation }) => !organisations.includes(organisation))
    return [{ ...held, organisations, ...(services.length > 0 && { services }) }]
  })

/** Ids of the organisations where somebody has a right, each once. A grant that should be of one and is not opens nothing. */
const organisationsOf = ({ grants }: Holder, right: Right): string[] => [
  ...new Set(
    grants.flatMap((grant) =>
      grant.organisation !== undefined && ENDS.has(reachBy(grant, right)) ? [grant.organisation] : [],
    ),
  ),
]

const servicesOf = ({ grants }: Holder, right: Right): ServiceOf[] =>
  grants.flatMap((grant) => (grant.service !== undefined && reachBy(grant, right) === 'service' ? [grant.service] : []))

/** Reaches that end where the grant is. */
const ENDS: ReadonlySet<Reach | undefined> = new Set(['organisation', 'service'])
