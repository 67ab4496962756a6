import type { Environment, Role } from '@scel/contract/values'
import type { Granted, PersonActor } from '../../actor.ts'
import { awaits, type Confirmation } from '../../confirming/confirmation.ts'
import type { OrganisationRef, ServiceRef } from '../../scope.ts'
import { type Instant, isAhead } from '../../world.ts'

/** A role that somebody has somewhere, for a while or until it is ended. What they may do follows from theirs, and from nothing else. */
export interface Grant {
  readonly id: string
  readonly environment: Environment
  /** Whose it is. */
  readonly person: string
  readonly role: Role
  readonly place: GrantPlace
  readonly from: Instant
  /** From then on it is none. */
  readonly until?: Instant
  readonly givenBy: GrantGiver
  /** Id of what whoever gave it was signed in with, of a certificate its own; the host's command has none. */
  readonly givenWith?: string
  /** Of an administrator's: until another one confirmed it, it is none. */
  readonly confirmation?: Confirmation
  readonly ended?: { readonly at: Instant; readonly by: { readonly id: string; readonly name: string } }
}

/** Where a grant holds: the environment as a whole, an organisation of it, or one service of an organisation. */
export type GrantPlace =
  | { readonly kind: 'environment' }
  | { readonly kind: 'organisation'; readonly id: string }
  | { readonly kind: 'service'; readonly id: string; readonly organisation: string }

export interface GrantGiver {
  readonly kind: 'person' | 'desk'
  readonly id?: string
  readonly name: string
}

export interface GrantEntry extends Grant {
  /** Of the organisation, and of its service where it is for one. */
  readonly organisationRef?: OrganisationRef
  readonly serviceRef?: ServiceRef
}

/** Whether it is neither ended nor over: it holds, or it waits for a confirmation. */
export const isOpen = ({ ended, until, from }: Grant, now: Instant): boolean =>
  // Given for a while under a clock that was ahead, it would end too late: nobody knows for how much.
  ended === undefined && (until === undefined || (until > now && !isAhead(from, now)))

/** Whether it held at some time since then. One that waited and was never confirmed never did. */
export const heldSince = (grant: Grant, since: Instant): boolean =>
  !awaits(grant) &&
  (grant.ended === undefined || grant.ended.at > since) &&
  (grant.until === undefined || grant.until > since)

/** When it came or comes to its end: it was ended, or is over. */
export const endOf = ({ until = NEVER, ended }: Grant): Instant => (ended && ended.at < until ? ended.at : until)
/** After every instant. */
const NEVER: Instant = '~'

/** Whether it holds now. */
export const stands = (grant: Grant, now: Instant): boolean => isOpen(grant, now) && !awaits(grant)

/** What an actor carries of the grants that hold now. */
export const grantedBy = (grants: readonly Grant[], now: Instant): Granted[] =>
  grants.filter((grant) => stands(grant, now)).map(({ id, role, place }) => ({ id, role, ...actorPlace(place) }))

function actorPlace(place: GrantPlace): Pick<Granted, 'organisation' | 'service'> {
  if (place.kind === 'organisation') return { organisation: place.id }
  return place.kind === 'service' ? { service: { id: place.id, organisation: place.organisation } } : {}
}

export function placeAt(organisation: string | undefined, service?: string): GrantPlace {
  if (organisation === undefined) return { kind: 'environment' }
  return service === undefined
    ? { kind: 'organisation', id: organisation }
    : { kind: 'service', id: service, organisation }
}

/** The same role in the same place. */
export const isSameGrant = (one: Pick<Grant, 'role' | 'place'>, other: Pick<Grant, 'role' | 'place'>): boolean =>
  one.role === other.role && organisationOf(one) === organisationOf(other) && serviceOf(one) === serviceOf(other)

/** Of a service, the one that it is of. */
export function organisationOf({ place }: Pick<Grant, 'place'>): string | undefined {
  if (place.kind === 'service') return place.organisation
  return place.kind === 'organisation' ? place.id : undefined
}

const serviceOf = ({ place }: Pick<Grant, 'place'>): string | undefined =>
  place.kind === 'service' ? place.id : undefined

/** The person, and what with, as a grant remembers whoever gave it. */
export const givenBy = ({ id, name, credential }: PersonActor): Pick<Grant, 'givenBy' | 'givenWith'> => ({
  givenBy: { kind: 'person', id, name },
  givenWith: credential,
})
