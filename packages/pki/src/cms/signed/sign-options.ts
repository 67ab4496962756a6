import type { DigestName, SignatureAlgorithm } from '../../algorithms/index.ts'
import type { Key } from '../../crypto/index.ts'
import type { Certificate, SmimeCapability } from '../../x509/index.ts'

/** Somebody who signs. */
export interface Signer {
  readonly certificate: Certificate
  /** The key of the certificate. */
  readonly key: Key
  /** @default the usual one of the key's kind */
  readonly algorithm?: SignatureAlgorithm
  /** What may be wrong with the certificate at the moment of signing, said by name; otherwise it is refused. */
  readonly anyway?: readonly ('expired' | 'usage')[]
}

/** Digest of a signature value: what a time-stamp service is sent. */
export interface SignatureImprint {
  readonly digest: DigestName
  readonly value: Uint8Array
}

/** How content is signed. */
export interface SignOptions {
  /** At least one. */
  readonly signers: readonly Signer[]
  /** The chain, for those who verify; the signers' certificates are added. */
  readonly certificates?: readonly Certificate[]
  /** Leaves the signers' own certificates out: for whoever has them already, and said so. */
  readonly withoutSigners?: true
  /** Revocation lists to carry along, DER each. */
  readonly crls?: readonly Uint8Array[]
  /** OID of what is signed. @default id-data */
  readonly contentType?: string
  /** The moment that the signature states, signing-time. Nobody is bound to believe it. */
  readonly at: Date
  /** What the signers can read, the preferred first; not said when empty. @default AES-256, AES-128, GCM before CBC */
  readonly capabilities?: readonly SmimeCapability[]
  /** Has each signature stamped (RFC 3161): takes the digest of the signature, gives the TimeStampToken, DER. */
  readonly stamp?: (imprint: SignatureImprint) => Promise<Uint8Array>
  readonly signal?: AbortSignal
}
