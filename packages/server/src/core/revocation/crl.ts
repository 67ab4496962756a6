import type { Instant } from '../world.ts'

/** A certificate revocation list that was published. */
export interface Crl extends CrlFacts {
  readonly der: Uint8Array
}

/** What is known of a list beside its bytes. */
export interface CrlFacts {
  readonly authority: string
  /** Rises by one (RFC 5280 §5.2.3). */
  readonly number: number
  readonly thisUpdate: Instant
  readonly nextUpdate: Instant
  readonly entries: number
  /** How many revocations the authority had ever made when it was drawn up: fewer than now means it is stale. */
  readonly covers: number
}
