import type { Environment } from '@scel/contract/values'

/**
 * Whose rows a store may touch. Every store method takes one first, so that a query without it cannot be written. With
 * `within` only what belongs to those organisations exists, with none of them nothing; without it, all of the environment's.
 */
export interface Scope {
  readonly environment: Environment
  /** Ids of organisations. */
  readonly within?: readonly string[]
  /** A row says where it is; that is no scope. */
  readonly organisation?: never
}

/** Where something is: of an organisation, or of the environment alone. */
export interface Place {
  readonly environment: Environment
  readonly organisation?: string
  readonly within?: never
}

/** The place of what always has an organisation. */
export type OwnedPlace = Place & { readonly organisation: string }

/** The scope that is one place. */
export const scopeAt = ({ environment, organisation }: Place): Scope =>
  organisation === undefined ? { environment } : { environment, within: [organisation] }

/** What a scope is made of: its organisations, each by itself, or the environment as a whole. */
export const placesOf = ({ environment, within }: Scope): readonly Place[] =>
  within === undefined ? [{ environment }] : within.map((organisation) => ({ environment, organisation }))

/** Whether something that is there is within a scope. */
export const reaches = (scope: Scope, { environment, organisation }: Place): boolean =>
  environment === scope.environment &&
  (scope.within === undefined || (organisation !== undefined && scope.within.includes(organisation)))

/** What lists show of the organisation a row belongs to. */
export interface OrganisationRef {
  readonly id: string
  readonly code: string
  readonly name: string
}
