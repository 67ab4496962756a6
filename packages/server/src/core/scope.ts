import type { Environment } from '@scel/contract/values'
import type { Owner } from './owner.ts'

/**
 * Whose rows a store may touch. A method of a store that gives or changes what somebody asked for takes one first, so that a query
 * without it cannot be written. Four kinds take none: what writes a row takes the row, which says where it is; what asks by something that is of
 * one place alone (an authority, a key, the token or the secret that a caller shows) is asked before anybody knows the place, or judges across all of
 * them; what runs by the clock (due, waiting, purged) is the desk's own work, of all environments; and the log, the deliveries, the
 * duties and the settings have one for the whole desk. With
 * `within` only what belongs to those organisations exists, and to those services of others, with none of either nothing; without it, all of
 * the environment's.
 */
export interface Scope {
  readonly environment: Environment
  /** Ids of organisations. */
  readonly within?: readonly string[]
  /** Ids of services, of none of these organisations. Never without `within`, be it empty: see `scopeOf`. */
  readonly services?: readonly string[]
  /** Id of a person: what is theirs exists besides, wherever it is and of whatever profile. Never without `within`, be it empty. */
  readonly own?: string
  /** A row says where it is; that is no scope. */
  readonly organisation?: never
  readonly service?: never
  readonly owner?: never
}

/** Where something is: of an organisation, and of one of its services or of none; or of the environment alone. And whose, where it is somebody's. */
export interface Place {
  readonly environment: Environment
  readonly organisation?: string
  readonly service?: string
  readonly owner?: Owner
  readonly within?: never
  readonly services?: never
  readonly own?: never
}

/** The place of what always has an organisation. */
export type OwnedPlace = Place & { readonly organisation: string }

/** A service, and the organisation that it is of. */
export interface ServiceOf {
  readonly id: string
  readonly organisation: string
}

/** What belongs to these organisations, and to these services of others: a service of one that is there besides adds nothing. */
export function scopeOf(
  environment: Environment,
  organisations: readonly string[],
  services: readonly ServiceOf[],
): Scope {
  const within = [...new Set(organisations)]
  const others = services.filter(({ organisation }) => !within.includes(organisation)).map(({ id }) => id)
  return { environment, within, ...(others.length > 0 && { services: [...new Set(others)] }) }
}

/**
 * All of the organisation that something is of, whatever its service: the desk compares names, keys and subjects within all of it. What people
 * see and decide, `scopeFor` says.
 */
export const scopeAt = ({ environment, organisation }: Place): Scope =>
  organisation === undefined ? { environment } : { environment, within: [organisation] }

/** What a scope is made of: its organisations, each by itself, or the environment as a whole. Services are no such place. */
export const placesOf = ({ environment, within }: Scope): readonly Place[] =>
  within === undefined ? [{ environment }] : within.map((organisation) => ({ environment, organisation }))

/** Whether something that is there is within a scope. */
export const reaches = (scope: Scope, { environment, organisation, service, owner }: Place): boolean =>
  environment === scope.environment &&
  (isWhole(scope) ||
    (scope.own !== undefined && owner?.kind === 'person' && owner.id === scope.own) ||
    (organisation !== undefined && (scope.within ?? []).includes(organisation)) ||
    (service !== undefined && (scope.services ?? []).includes(service)))

/** The part of a scope that grants give, and the part that is one's own; none of either where there is nothing of it. */
export function partsOf(scope: Scope): { readonly granted?: Scope; readonly own?: Scope } {
  const { own, ...granted } = scope
  if (own === undefined) return { granted }
  const some = (granted.within ?? []).length + (granted.services ?? []).length > 0
  return { ...(some && { granted }), own: { environment: scope.environment, within: [], own } }
}

/** Whether it is all of the environment. */
export const isWhole = ({ within, services }: Scope): boolean => within === undefined && services === undefined

/** What lists show of the service a row belongs to. */
export interface ServiceRef {
  readonly id: string
  readonly name: string
}

/** What lists show of the organisation a row belongs to. */
export interface OrganisationRef {
  readonly id: string
  readonly code: string
  readonly name: string
}
