import type { Environment } from '@scel/contract/values'
import type { Certificate } from './certificate.ts'

export interface Judge {
  /**
   * Judges a client certificate by our own path validation, revocation included, at this moment.
   * @param der what the peer showed, undefined when nothing
   * @throws DeskError certificate_missing, certificate_unreadable, certificate_unknown_authority,
   *   certificate_not_issued_here, certificate_expired_at, certificate_not_valid_before, certificate_is_revoked,
   *   certificate_wrong_purpose, certificate_refused
   */
  clientCertificate(der: Uint8Array | undefined): Promise<Judged>
}

export interface Judged {
  readonly environment: Environment
  /** The row of the certificate, with its organisation and request. */
  readonly certificate: Certificate
  readonly organisation?: { readonly code: string; readonly name: string }
  /** Of the authority that issued it. */
  readonly issuer: { readonly id: string; readonly name: string; readonly purpose: 'machines' | 'people' }
  readonly daysLeft: number
}
