import type { RevocationReason } from '@scel/contract/values'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'

/** What became of certificates after they were issued. */
export interface RevocationReader {
  /** Revoked certificates of an authority not expired before `now`, by revocation time, for its CRL. */
  revokedOf(authority: string, now: Instant): Promise<{ serial: string; at: Instant; reason: RevocationReason }[]>
  /** How often an authority's certificates were revoked, or the reason became another: tells whether a CRL covers all. */
  countRevoked(authority: string): Promise<number>
}

export interface RevocationStore extends RevocationReader {
  /** The first revocation is kept. */
  revoke(scope: Scope, id: string, at: Instant, reason: RevocationReason): Promise<void>
  /**
   * Makes the reason of a revocation the compromise of its key, and remembers when; its date stays. Once, and of nothing
   * that is not revoked.
   */
  compromise(scope: Scope, id: string, at: Instant): Promise<void>
}
