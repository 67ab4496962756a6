// What one validation is asked. Time, trust, revocation and cost are arguments: the same question has the same answer
// tomorrow.

import type { OcspResponse } from '../ocsp/index.ts'
import type { Certificate, Crl, Name, NameConstraints, PublicKeyInfo, RevocationReason } from '../x509/index.ts'
import type { Budget, PathBudget } from './budget.ts'
import type { Want } from './result.ts'

/**
 * What the leaf is to be used for. `emailProtection` takes a key that may sign or decrypt, `emailSigning` and
 * `emailEncryption` ask for the one. `any` asks nothing of usages.
 */
export type Purpose =
  | 'clientAuth'
  | 'serverAuth'
  | 'emailProtection'
  | 'emailSigning'
  | 'emailEncryption'
  | 'codeSigning'
  | 'timeStamping'
  | 'ocspSigning'
  | 'any'

/**
 * Whom a path may end at (RFC 5280 §6.1.1 d). A certificate is one, and its dates, usages and constraints, also those
 * on names and policies, are then obeyed; so is a bare name and key, which have nothing to obey but what is said here (RFC 5937).
 */
export interface TrustAnchor {
  readonly subject: Name
  readonly publicKey: Pick<PublicKeyInfo, 'spki'>
  /** For a bare name and key; those of a certificate stand in its extensions. */
  readonly constraints?: AnchorConstraints
}

/** What a bare anchor may vouch for; nothing said is everything. */
export interface AnchorConstraints {
  readonly names?: NameConstraints
  /** How many further authorities may stand between the anchor and the leaf. */
  readonly pathLength?: number
}

/** The inputs about policies (RFC 5280 §6.1.1 c and e to g). Policies are dotted identifiers. */
export interface PolicyInputs {
  /** Policies that the caller accepts. @default any */
  readonly initialPolicySet?: readonly string[]
  /** Whether the path must be valid for one of them. @default false */
  readonly requireExplicitPolicy?: boolean
  /** Whether mappings are refused. @default false */
  readonly inhibitPolicyMapping?: boolean
  /** Whether anyPolicy in a certificate counts for nothing. @default false */
  readonly inhibitAnyPolicy?: boolean
}

/** What a caller's own source says of one certificate. */
export type RevocationStatus =
  | 'good'
  | 'unknown'
  | { readonly revoked: { readonly at: Date; readonly reason?: RevocationReason } }

/** Asked once for each certificate of a path but the anchor, with whoever issued it. `unknown` refuses the path. */
export type RevocationCheck = (
  certificate: Certificate,
  issuer: TrustAnchor,
) => RevocationStatus | Promise<RevocationStatus>

/**
 * Revocation lists and OCSP responses at hand, for any of the certificates, in any order. What does not fit is passed
 * over; what is missing is named in `wants` of {@link explainPath}. Nothing is fetched here but by the caller's `fetch`.
 */
export interface RevocationSources {
  /** `required`: not known is refused. `if-known`: only a certificate that is known to be revoked is refused. */
  readonly mode: 'required' | 'if-known'
  readonly crls?: readonly Crl[]
  readonly ocsp?: readonly OcspResponse[]
  /**
   * Brings what an address holds. Asked for one {@link Want} after the other, lists before responders, as long as the
   * status of a certificate is not known; and only about certificates of a path that reached an anchor and on which all
   * else holds, so that strangers name no address. What it brings is judged as any other; it throws only to end it all.
   */
  readonly fetch?: (want: Want) => Promise<Fetched | undefined>
}

/** What an address held; nothing when it gave none. */
export type Fetched = Pick<RevocationSources, 'crls' | 'ocsp'>

/** What a certificate is judged by: the time, the purpose, what is trusted and what is known about revocation. */
export interface ValidatePathOptions {
  readonly leaf: Certificate
  /** An unordered bag, such as what the peer sent. Signers of CRLs are looked for here too. */
  readonly intermediates: readonly Certificate[]
  /** Authorities that are trusted because they are in this list. */
  readonly anchors: readonly TrustAnchor[]
  /** The moment to judge at. */
  readonly at: Date
  readonly purpose: Purpose
  /** `not-asked` is written out, so that nobody leaves it out by accident. */
  readonly revocation: RevocationCheck | RevocationSources | 'not-asked'
  readonly policy?: PolicyInputs
  /** What it may cost; or what is left of what it may cost together with others. */
  readonly budget?: Partial<PathBudget> | Budget
  /** Take RSA keys below 2,048 bits, for reading archives only. @default false */
  readonly dangerAllowWeakKeys?: boolean
}
