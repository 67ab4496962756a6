import type { ByteSource } from '../../asn1/index.ts'
import type { Budget, Purpose, TrustAnchor, ValidatePathOptions } from '../../path/index.ts'
import type { Certificate } from '../../x509/index.ts'
import type { Progress } from '../sink.ts'
import type { StampVerdict } from './verdict.ts'

/** How a signed file is judged. Time, trust and revocation are arguments, as in path validation. */
export interface VerifyOptions {
  /** What was signed, when the signature stands alone. */
  readonly content?: ByteSource
  readonly anchors: readonly TrustAnchor[]
  /** Certificates at hand besides those in the file; signers are looked for here too. */
  readonly intermediates?: readonly Certificate[]
  /** The moment to judge at. The signing-time that a signature states never moves it; a time stamp that holds does. */
  readonly at: Date
  /** What the signers' certificates must be for. @default emailSigning */
  readonly purpose?: Purpose
  /** As in path validation; the lists in the file count besides those given here. */
  readonly revocation: ValidatePathOptions['revocation']
  /** Who must have signed; not asked unless given. */
  readonly identity?: ExpectedSigner
  /** Judges the time stamps on signatures; `stampVerifier` of tsp makes one. Not looked at unless given. */
  readonly verifyStamp?: StampCheck
  /** What is refused otherwise, for reading archives only. */
  readonly danger?: {
    /**
     * Signatures and digests of the message with SHA-1, and RSA keys below 2,048 bits. Certificates that were signed with
     * SHA-1 stay `algorithm_unsupported`: whoever can make two of one digest makes an authority.
     */
    readonly oldSignatures?: true
  }
  /** What the chains of all signers may cost together, for those who judge several messages. @default one for each message */
  readonly budget?: Budget
  readonly signal?: AbortSignal
  /** Told how many octets of content have passed. */
  readonly progress?: Progress
}

/** Each that is given must fit. */
export interface ExpectedSigner {
  /** Address in the certificate; the domain in any case (RFC 5280 §7.5). */
  readonly email?: string
  /** SHA-256 over the certificate, in hexadecimal, see `fingerprint`. */
  readonly fingerprint?: string
}

/**
 * Judges a TimeStampToken, DER, over a signature value; throws nothing that the token is to blame for. `budget` is what is
 * left for all chains of the message.
 */
export type StampCheck = (token: Uint8Array, signature: Uint8Array, budget?: Budget) => Promise<StampVerdict>
