import type { CertificateEntry } from '../certificates/certificate.ts'

/** Somebody whom files can be sealed to: an active person and a certificate that they sign in with. */
export interface Recipient {
  readonly name: string
  readonly email: string
  readonly certificate: CertificateEntry
}
