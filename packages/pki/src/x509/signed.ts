// SIGNED{…} of X.509: what is signed, the algorithm, the signature. Certificates, requests, CRLs and OCSP responses
// share it, and all keep the bytes that were signed as they arrived.

import type { SignatureAlgorithm, SignatureIdentifier } from '../algorithms/index.ts'
import { readSignatureIdentifier, signatureRow } from '../algorithms/index.ts'
import { bitString, DerReader, sequence } from '../asn1/index.ts'
import { verify } from '../crypto/index.ts'

export interface Signed {
  /** The whole object, byte for byte. */
  readonly der: Uint8Array
  /** A view into `der`; never encoded again. */
  readonly signedBytes: Uint8Array
  readonly signatureAlgorithm: SignatureIdentifier
  readonly signature: Uint8Array
}

export function parseSigned(der: Uint8Array, what: string, maxBytes: number): Signed {
  return DerReader.whole(
    der,
    what,
    (reader) =>
      reader.sequence((fields) => ({
        der,
        signedBytes: fields.element(),
        signatureAlgorithm: readSignatureIdentifier(fields.element()),
        signature: fields.bitStringBytes(),
      })),
    { maxBytes },
  )
}

/** Whether the holder of `spki` signed it. @throws algorithm_unsupported, key_mismatch, key_malformed */
export async function verifySigned(signed: Signed, spki: Uint8Array): Promise<boolean> {
  return verify(signatureRow(signed.signatureAlgorithm), spki, signed.signedBytes, signed.signature)
}

/** Joins what was signed, the algorithm and the signature: a certificate from a TBSCertificate, and so on. */
export function assembleSigned(tbs: Uint8Array, row: SignatureAlgorithm, signature: Uint8Array): Uint8Array {
  return sequence(tbs, row.identifier, bitString(signature))
}
