import type { Environment } from '@scel/contract/values'
import type { Instant } from '../world.ts'

/**
 * A part of an organisation. What is of one is of its organisation too: who is granted for the service alone sees and decides that
 * and nothing else. It has no names of its own.
 */
export interface Service {
  readonly id: string
  readonly environment: Environment
  readonly organisation: string
  /** Unique in its organisation, whatever its case, also once it is closed. */
  readonly name: string
  readonly createdAt: Instant
  /** For good: see `Services.close`. */
  readonly closedAt?: Instant
}
