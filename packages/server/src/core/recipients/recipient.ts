import type { CertificateEntry } from '../certificates/certificate.ts'

/** A certificate that files can be sealed to, of an active person. Rows of certificates have no code: whose it is, something else must say. */
export interface Candidate {
  /** Id of the person whose its row says that it is. */
  readonly person: string
  readonly certificate: CertificateEntry
}
