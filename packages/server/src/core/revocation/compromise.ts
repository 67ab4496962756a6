import type { RevocationReason } from '@scel/contract/values'

/**
 * What stood behind a certificate that was revoked because somebody else may have it: whoever comes with it again is
 * looked at by a person. An applicant key, the key of the certificate and an address of a network card are marked by
 * themselves, wherever they were met; a person and a certificate by their ids.
 */
export interface Mark {
  readonly kind: 'applicant' | 'key' | 'address' | 'person' | 'certificate'
  readonly value: string
}

/** Reasons after which nothing that stood behind the certificate is trusted by itself. */
export const isCompromise = (reason: RevocationReason): boolean => COMPROMISES.has(reason)

const COMPROMISES: ReadonlySet<RevocationReason> = new Set([
  'keyCompromise',
  'cessationOfOperation',
  'privilegeWithdrawn',
])
