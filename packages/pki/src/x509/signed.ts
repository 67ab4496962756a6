// SIGNED{…} of X.509: what is signed, the algorithm, the signature. Certificates, requests, CRLs and OCSP responses
// share it, and all keep the bytes that were signed as they arrived.

import type { SignatureAlgorithm, SignatureIdentifier } from '../algorithms/index.ts'
import { readSignatureIdentifier } from '../algorithms/index.ts'
import { DerReader, headerOf, sequence, TAG } from '../asn1/index.ts'

/** What every signed object of X.509 has: its bytes, those that were signed, and the signature. */
export interface Signed {
  /** The whole object, byte for byte. */
  readonly der: Uint8Array
  /** A view into `der`; never encoded again. */
  readonly signedBytes: Uint8Array
  readonly signatureAlgorithm: SignatureIdentifier
  readonly signature: Uint8Array
  /** Bits at the end of `signature` that are none of it: 0 in every signature that can be valid. */
  readonly signatureUnusedBits: number
}

/**
 * Reads a SIGNED{…} that stands alone.
 * @throws der_malformed, oid_malformed, input_too_large above `maxBytes`
 * @example
 * const signed = parseSigned(sample.crl, 'CertificateList', 1_000_000)
 * assert.equal(signed.signatureAlgorithm.row?.name, 'ECDSA with SHA-256')
 */
export function parseSigned(der: Uint8Array, what: string, maxBytes: number): Signed {
  return DerReader.whole(der, what, (reader) => reader.sequence((fields) => readSigned(fields, der)), { maxBytes })
}

/**
 * The three fields that every SIGNED{…} begins with; `der` is the whole of it.
 * @throws der_malformed, oid_malformed
 * @example
 * const signed = DerReader.whole(sample.crl, 'CertificateList', (reader) =>
 *   reader.sequence((fields) => readSigned(fields, sample.crl)),
 * )
 * assert.equal(signed.signatureUnusedBits, 0)
 */
export function readSigned(fields: DerReader, der: Uint8Array): Signed {
  const signedBytes = fields.element()
  const signatureAlgorithm = readSignatureIdentifier(fields.element())
  // A BIT STRING of any length is well-formed; whether it can be a signature is for verification to say.
  const { bytes: signature, unusedBits: signatureUnusedBits } = fields.bitString()
  return { der, signedBytes, signatureAlgorithm, signature, signatureUnusedBits }
}

/**
 * Joins what was signed, the algorithm and the signature: a certificate from a TBSCertificate, and so on.
 * @example
 * const { signedBytes, signature, der } = sample.person.certificate
 * assert.deepEqual(assembleSigned(signedBytes, defaultSignature('ec-p256'), signature), der)
 */
export function assembleSigned(tbs: Uint8Array, row: SignatureAlgorithm, signature: Uint8Array): Uint8Array {
  // The BIT STRING in its parts, which are copied once: header, no unused bits, octets.
  return sequence(tbs, row.identifier, headerOf(TAG.bitString, 1 + signature.length), NO_UNUSED_BITS, signature)
}

const NO_UNUSED_BITS = new Uint8Array(1)
