import type { CommonNameRule, EnrolmentType, Environment, KeyChoice, KitState, StoreType } from '@scel/contract/values'
import type { OrganisationRef } from '../scope.ts'
import type { Instant } from '../world.ts'

export interface Kit {
  readonly id: string
  readonly environment: Environment
  readonly organisation: string
  readonly name: string
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string
  /** SHA-256 of the rules as they were handed out, hex: tells an altered file. */
  readonly rulesDigest: string
  readonly enrolment: EnrolmentType
  readonly store: StoreType
  readonly commonName: CommonNameRule
  readonly keys: readonly KeyChoice[]
  readonly proposedKey: KeyChoice
  readonly standingApproval: boolean
  readonly usesAllowed: number
  readonly usesMade: number
  readonly expiresAt: Instant
  readonly createdAt: Instant
  /** The maker: a standing approval is a decision in his name. */
  readonly createdBy: { readonly id: string; readonly name: string }
  readonly withdrawnAt?: Instant
}

export interface KitEntry extends Kit {
  readonly organisationRef: OrganisationRef
}

/** Withdrawn before expired before used up: what an act did outweighs what time did. */
export function kitState(kit: Kit, now: Instant): KitState {
  if (kit.withdrawnAt !== undefined) return 'withdrawn'
  if (kit.expiresAt <= now) return 'expired'
  return kit.usesMade >= kit.usesAllowed ? 'used-up' : 'active'
}
