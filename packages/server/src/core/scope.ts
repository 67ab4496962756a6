import type { Environment } from '@scel/contract/values'

/**
 * Whose rows a store may touch. Every store method takes one first, so that a query without it cannot be written. With
 * `organisation` only that organisation's rows exist; without it, all of the environment's.
 */
export interface Scope {
  readonly environment: Environment
  readonly organisation?: string
}

/** What lists show of the organisation a row belongs to. */
export interface OrganisationRef {
  readonly id: string
  readonly code: string
  readonly name: string
}
