import type { Environment } from '@scel/contract/values'
import type { Instant } from '../world.ts'

export interface Organisation {
  readonly id: string
  readonly environment: Environment
  /** Unique in the environment, whatever its case. */
  readonly code: string
  readonly name: string
  readonly country: string
  /** Nine digits, checked. */
  readonly siren?: string
  /** Names that its servers may have, with all below them: see `core/names/name-suffix.ts`. */
  readonly nameSuffixes: readonly string[]
  readonly createdAt: Instant
}

export interface OrganisationEntry extends Organisation {
  readonly counts: {
    /** People with the role manager who are not disabled. */
    readonly managers: number
    /** Kits that are active at the moment asked about. */
    readonly kits: number
    /** Pending requests. */
    readonly pending: number
    /** Certificates neither revoked nor expired at the moment asked about. */
    readonly certificates: number
  }
}
