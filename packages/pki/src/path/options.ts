import type { Certificate, RevocationReason } from '../x509/index.ts'
import type { PathBudget } from './budget.ts'

/** What the leaf is to be used for. `any` asks nothing of key usages. */
export type Purpose = 'clientAuth' | 'serverAuth' | 'emailProtection' | 'ocspSigning' | 'any'

export type RevocationStatus =
  | 'good'
  | 'unknown'
  | { readonly revoked: { readonly at: Date; readonly reason?: RevocationReason } }

/** Asked once for each certificate of a path but the anchor, with the certificate that issued it. */
export type RevocationCheck = (
  certificate: Certificate,
  issuer: Certificate,
) => RevocationStatus | Promise<RevocationStatus>

export interface ValidatePathOptions {
  readonly leaf: Certificate
  /** An unordered bag, such as what the peer sent. */
  readonly intermediates: readonly Certificate[]
  /** Authorities that are trusted because they are in this list. */
  readonly anchors: readonly Certificate[]
  /** The moment to judge at. */
  readonly at: Date
  readonly purpose: Purpose
  /** `not-asked` is written out, so that nobody leaves it out by accident. */
  readonly revocation: RevocationCheck | 'not-asked'
  readonly budget?: Partial<PathBudget>
}

export interface ValidPath {
  /** From the leaf to the anchor, both included. */
  readonly chain: readonly Certificate[]
}
