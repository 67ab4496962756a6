// What a validation answers: the path with the facts it stands on, or why there is none and what would help.

import type { PkiError } from '../errors/index.ts'
import type { OcspResponse } from '../ocsp/index.ts'
import type { Certificate, Crl, RevocationReason } from '../x509/index.ts'
import type { TrustAnchor } from './options.ts'

/** The outputs about policies (RFC 9618 §5.6 g). Dotted identifiers, sorted; anyPolicy stands for all. */
export interface PathPolicies {
  /** Policies that the authorities of the path agree on, as its anchor calls them. */
  readonly authorityConstrained: readonly string[]
  /** Those of them that the caller accepts. */
  readonly userConstrained: readonly string[]
}

/** What was known about one certificate, and from where. */
export interface RevocationFinding {
  readonly certificate: Certificate
  /** `not-needed`: its issuer says in it that there is nothing to ask (RFC 6960 §4.2.2.2.1, RFC 9608 §2). */
  readonly status: 'good' | 'revoked' | 'unknown' | 'not-needed' | 'not-asked'
  readonly revoked?: { readonly at: Date; readonly reason?: RevocationReason }
  /** The lists that say so, a delta after its base. */
  readonly crls?: readonly Crl[]
  /** The response that says so. */
  readonly ocsp?: OcspResponse
  /** Why it is not known, when something at hand spoke of it and could not be used. */
  readonly why?: PkiError
}

/** A chain on which every check holds, and what was found on the way. */
export interface ValidPath {
  /** From the leaf to the anchor, both included; a bare anchor has no certificate and ends it unseen. */
  readonly chain: readonly Certificate[]
  readonly anchor: TrustAnchor
  readonly policies: PathPolicies
  /** One for each certificate below the anchor, in the order of the chain. */
  readonly revocation: readonly RevocationFinding[]
}

/** A path that was tried, as far as it came. */
export interface RefusedPath {
  /** From the leaf upwards. */
  readonly chain: readonly Certificate[]
  readonly reason: PkiError
  /** The certificate that the reason concerns. */
  readonly certificate: Certificate
  /** What was found out about revocation before it was refused. */
  readonly revocation: readonly RevocationFinding[]
}

/** Something that the caller might fetch and give. Addresses come from certificates: strangers wrote them. */
export interface Want {
  readonly kind: 'issuer' | 'crl' | 'delta-crl' | 'ocsp'
  readonly url: string
  /** The certificate that names the address. */
  readonly certificate: Certificate
  /** Who issued it, needed for an OCSP request. */
  readonly issuer?: TrustAnchor
}

interface Explained {
  /**
   * Other paths that were tried, the most telling first, 128 at most: of those that failed for one reason at one
   * certificate the one that came furthest.
   */
  readonly refused: readonly RefusedPath[]
  /** What would have helped: missing issuers, and revocation that is not known; 16 addresses of a kind per certificate. */
  readonly wants: readonly Want[]
}

/** All that was found out; see {@link explainPath}. */
export type PathVerdict =
  | (Explained & { readonly valid: true; readonly path: ValidPath })
  | (Explained & { readonly valid: false; readonly best: RefusedPath })
