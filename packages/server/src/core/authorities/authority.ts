import type { AuthorityPurpose, Environment } from '@scel/contract/values'
import type { Instant } from '../world.ts'

/** A certification authority of the desk. */
export interface Authority {
  readonly id: string
  readonly environment: Environment
  readonly purpose: AuthorityPurpose
  /** Common name. */
  readonly name: string
  /** RFC 4514. */
  readonly subject: string
  /** Absent for a root. */
  readonly parent?: string
  /** Its key in the signers. */
  readonly keyId: string
  /** Lower-case hex. */
  readonly serial: string
  readonly certificate: Uint8Array
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly createdAt: Instant
}
