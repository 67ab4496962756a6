// Signature algorithms. A certificate carries the whole AlgorithmIdentifier, parameters included, and rows are
// found by those bytes: absent against NULL, or a weaker digest hidden in PSS parameters, cannot be confused.
// SHA-1, MD5 and DSA have no row; they are algorithm_unsupported.

import { DerReader, explicit, integer, nullValue, oid, sequence } from '../asn1/index.ts'
import { toHex } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { DigestName } from './digest.ts'
import { digestByName } from './digest.ts'
import { ED25519, MGF1, RSASSA_PSS } from './oids.ts'

export type SignatureName =
  | 'RSA with SHA-256'
  | 'RSA with SHA-384'
  | 'RSA with SHA-512'
  | 'RSA-PSS with SHA-256'
  | 'RSA-PSS with SHA-384'
  | 'RSA-PSS with SHA-512'
  | 'ECDSA with SHA-256'
  | 'ECDSA with SHA-384'
  | 'ECDSA with SHA-512'
  | 'Ed25519'

/** All that the library knows about one signature algorithm. Add a row to SIGNATURES and nowhere else. */
export interface SignatureAlgorithm {
  readonly name: SignatureName
  readonly oid: string
  /** The AlgorithmIdentifier as this library writes it. */
  readonly identifier: Uint8Array
  /** Other encodings of the same meaning that the standard tells a verifier to accept. */
  readonly alternates: readonly Uint8Array[]
  readonly key: 'rsa' | 'ec' | 'ed25519'
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa' | 'eddsa'
  /** Undefined where the algorithm hashes by itself. */
  readonly digest?: DigestName
}

const rsa = (bits: 256 | 384 | 512, arc: number): SignatureAlgorithm => {
  const dotted = `1.2.840.113549.1.1.${arc}`
  const identifier = sequence(oid(dotted), nullValue()) // RFC 4055 §5: NULL must be present
  const shared = { oid: dotted, identifier, alternates: [], key: 'rsa', scheme: 'pkcs1' } as const
  return Object.freeze({ name: `RSA with SHA-${bits}`, digest: `SHA-${bits}`, ...shared })
}

// RFC 4055 §3.1: digest and MGF1 digest agree, the salt is as long as the digest. Digest parameters are written
// absent or NULL by different tools, and §2.1 has both accepted.
const pss = (bits: 256 | 384 | 512): SignatureAlgorithm => {
  const digest = digestByName(`SHA-${bits}`)
  const identifierWith = (hash: Uint8Array): Uint8Array =>
    sequence(
      oid(RSASSA_PSS),
      sequence(explicit(0, hash), explicit(1, sequence(oid(MGF1), hash)), explicit(2, integer(digest.length))),
    )
  return Object.freeze({
    name: `RSA-PSS with SHA-${bits}`,
    oid: RSASSA_PSS,
    identifier: identifierWith(digest.identifier),
    alternates: [identifierWith(sequence(oid(digest.oid)))],
    key: 'rsa',
    scheme: 'pss',
    digest: digest.name,
  })
}

const ecdsa = (bits: 256 | 384 | 512, arc: number): SignatureAlgorithm => {
  const dotted = `1.2.840.10045.4.3.${arc}`
  const identifier = sequence(oid(dotted)) // RFC 5758 §3.2: parameters must be omitted
  const shared = { oid: dotted, identifier, alternates: [], key: 'ec', scheme: 'ecdsa' } as const
  return Object.freeze({ name: `ECDSA with SHA-${bits}`, digest: `SHA-${bits}`, ...shared })
}

const ed25519: SignatureAlgorithm = Object.freeze({
  name: 'Ed25519',
  oid: ED25519,
  identifier: sequence(oid(ED25519)), // RFC 8410 §3: parameters must be absent
  alternates: [],
  key: 'ed25519',
  scheme: 'eddsa',
})

export const SIGNATURES: readonly SignatureAlgorithm[] = Object.freeze([
  rsa(256, 11),
  rsa(384, 12),
  rsa(512, 13),
  pss(256),
  pss(384),
  pss(512),
  ecdsa(256, 2),
  ecdsa(384, 3),
  ecdsa(512, 4),
  ed25519,
])

const byName = new Map(SIGNATURES.map((row) => [row.name, row]))
const byIdentifier = new Map(
  SIGNATURES.flatMap((row) => [row.identifier, ...row.alternates].map((der) => [toHex(der), row] as const)),
)
// PSS rows share one OID and are told apart by parameters, so they cannot be found by it.
const byOid = new Map(SIGNATURES.filter((row) => row.scheme !== 'pss').map((row) => [row.oid, row]))

export const signatureByName = (name: SignatureName): SignatureAlgorithm => byName.get(name)!

/** The row of an OID that needs no parameters; not for RSA-PSS. @throws algorithm_unsupported */
export const signatureByOid = (dotted: string): SignatureAlgorithm =>
  byOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })

/** What a signed object says about its signature: `row` is undefined when this library does not verify it. */
export interface SignatureIdentifier {
  readonly oid: string
  readonly identifier: Uint8Array
  readonly row?: SignatureAlgorithm
}

/** Reads an AlgorithmIdentifier that stands in a signature field. @throws der_malformed, oid_malformed */
export function readSignatureIdentifier(identifier: Uint8Array): SignatureIdentifier {
  const row = identifier.length <= LONGEST ? byIdentifier.get(toHex(identifier)) : undefined
  if (row) return { oid: row.oid, identifier, row }
  const dotted = DerReader.whole(identifier, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((inner) => {
      const value = inner.oid()
      if (!inner.done) inner.element()
      return value
    }),
  )
  return { oid: dotted, identifier }
}

/** The row, for those who are about to verify. @throws algorithm_unsupported */
export const signatureRow = (signature: SignatureIdentifier): SignatureAlgorithm =>
  signature.row ?? fail('algorithm_unsupported', { oid: signature.oid })

const LONGEST = Math.max(...SIGNATURES.map((row) => row.identifier.length))
