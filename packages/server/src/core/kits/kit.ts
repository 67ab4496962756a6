import type { CommonNameRule, Environment, KeyChoice, KitState, ProfileName, StoreType } from '@scel/contract/values'
import type { Confirmation } from '../confirming/confirmation.ts'
import type { OrganisationRef, ServiceRef } from '../scope.ts'
import type { Instant } from '../world.ts'

export interface Kit {
  readonly id: string
  readonly environment: Environment
  readonly organisation: string
  /** The one of its services that it is of, if it is of one. */
  readonly service?: string
  readonly name: string
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string
  /** SHA-256 of the rules as they were handed out, hex: tells an altered file. */
  readonly rulesDigest: string
  readonly profile: ProfileName
  readonly store: StoreType
  readonly commonName: CommonNameRule
  readonly keys: readonly KeyChoice[]
  readonly proposedKey: KeyChoice
  /** Whether its requests are decided at once; false again once somebody ended it. */
  readonly standingApproval: boolean
  readonly standingEndedAt?: Instant
  readonly usesAllowed: number
  readonly usesMade: number
  /** Submissions that were refused. */
  readonly refused: number
  readonly expiresAt: Instant
  readonly createdAt: Instant
  /** The maker: a standing approval is a decision in their name. */
  readonly createdBy: { readonly id: string; readonly name: string }
  /** The credential that its maker was signed in with. */
  readonly createdWith: string
  readonly withdrawnAt?: Instant
  /** Of a standing approval: until another administrator confirmed it, it decides nothing. */
  readonly confirmation?: Confirmation
}

export interface KitEntry extends Kit {
  readonly organisationRef: OrganisationRef
  readonly serviceRef?: ServiceRef
  /** Requests made with it that nobody decided yet. */
  readonly pending: number
}

/** Withdrawn before expired before used up: what an act did outweighs what time did. */
export function kitState(kit: Kit, now: Instant): KitState {
  if (kit.withdrawnAt !== undefined) return 'withdrawn'
  if (kit.expiresAt <= now) return 'expired'
  return kit.usesMade >= kit.usesAllowed ? 'used-up' : 'active'
}
