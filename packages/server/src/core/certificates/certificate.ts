import type { Environment, ProfileName, RevocationReason } from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { OrganisationRef, ServiceRef } from '../scope.ts'
import type { Instant } from '../world.ts'

/** A certificate that was issued. */
export interface Certificate {
  readonly id: string
  readonly environment: Environment
  readonly organisation?: string
  readonly service?: string
  readonly profile: ProfileName
  readonly authority: string
  /** Lower-case hex, as in the certificate. */
  readonly serial: string
  readonly commonName: string
  /** RFC 4514. */
  readonly subject: string
  /** Normalised common name. */
  readonly subjectKey: string
  readonly der: Uint8Array
  /** SHA-256 of the DER, hex. */
  readonly fingerprint: string
  /** SHA-256 of the SPKI, hex. */
  readonly key: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly issuedAt: Instant
  /** Whether files can be sealed to it: see `canReceive`. */
  readonly receives: boolean
  readonly owner: Owner
  /** The request that it was issued for. */
  readonly request?: number
  readonly revoked?: {
    readonly at: Instant
    readonly reason: RevocationReason
    /** When it became known that the key is compromised, where it had been revoked for another reason. */
    readonly compromisedAt?: Instant
  }
}

export interface CertificateEntry extends Certificate {
  readonly issuerRef: { readonly id: string; readonly name: string }
  readonly organisationRef?: OrganisationRef
  readonly serviceRef?: ServiceRef
}
