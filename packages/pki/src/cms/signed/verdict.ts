// What is known about a signed file once it was verified: four verdicts for each who signed.

import type { PkiError } from '../../errors/index.ts'
import type { PathVerdict, ValidPath } from '../../path/index.ts'
import type { Certificate } from '../../x509/index.ts'

/** Whether it holds, and why not. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly error: PkiError }

/** Whether a chain leads to an anchor at a moment: that of the caller, or that of a time stamp which holds. */
export type ChainVerdict = (
  | { readonly ok: true; readonly path: ValidPath }
  | { readonly ok: false; readonly error: PkiError }
) & {
  readonly at: Date
  /** All paths that were tried, to draw them and to fetch what was missing; undefined without a certificate. */
  readonly explained?: PathVerdict
}

/** What a time stamp on a signature is worth. `at` and `tsa` are what it says; they count only when `verdict` holds. */
export interface StampVerdict {
  readonly verdict: Verdict
  readonly at?: Date
  /** Who stamped. */
  readonly tsa?: Certificate
  /** Of who stamped; that a chain holds is not yet that the stamp does. */
  readonly chain?: ChainVerdict
}

/** A time stamp that a signature carries. */
export interface SignatureTimeStamp extends Partial<StampVerdict> {
  /** ContentInfo, DER. */
  readonly token: Uint8Array
}

/** Somebody who signed a signature (RFC 5652 §11.4). It says nothing about the content, and `valid` does not depend on it. */
export interface Countersignature {
  readonly signer: Certificate | undefined
  readonly algorithm: string
  readonly signingTime?: Date
  readonly integrity: Verdict
  readonly chain: ChainVerdict
}

/** One signature of a file. */
export interface SignerVerdict {
  /** Undefined when the certificate is neither in the file nor at hand. */
  readonly signer: Certificate | undefined
  /** What the signature says of its moment: a statement of the signer, no proof. */
  readonly signingTime?: Date
  /** `verdict` is undefined when nobody asked. Where there are several, the earliest that holds. */
  readonly timeStamp?: SignatureTimeStamp
  /** Name of the signature algorithm, or its OID when this library does not know it. */
  readonly algorithm: string
  readonly countersignatures: readonly Countersignature[]
  /** Content and signature belong together, and the signature is the certificate's. */
  readonly integrity: Verdict
  /** Whether the signature names its certificate (RFC 5035), so that no other for the same key can take its place. */
  readonly namesCertificate: boolean
  readonly chain: ChainVerdict
  readonly identity: Verdict | 'not-asked'
  /** Not asked also when there is no chain to ask about; `chain` says why. */
  readonly revocation: Verdict | 'not-asked'
}

/** What a signed file says and is worth. */
export interface VerifiedContent {
  /** OID of what was signed; id-data for files. */
  readonly contentType: string
  /** Whether the signature stood apart from its content. */
  readonly detached: boolean
  /** Of the content, in bytes. */
  readonly length: number
  /** Those in the file that can be read, in its order. Nothing is trusted because it is there. */
  readonly certificates: readonly Certificate[]
  /** Revocation lists in the file, DER each. */
  readonly crls: readonly Uint8Array[]
  /** Never empty. */
  readonly signers: readonly SignerVerdict[]
  /** Whether integrity and chain of every signer hold, and of identity and revocation all that was asked. */
  readonly valid: boolean
}
