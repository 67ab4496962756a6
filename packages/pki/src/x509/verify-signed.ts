import { signatureRow } from '../algorithms/index.ts'
import { verify } from '../crypto/index.ts'
import type { Signed } from './signed.ts'

/**
 * Whether the holder of `spki` (SubjectPublicKeyInfo, DER) signed it.
 * @throws algorithm_unsupported, key_mismatch, key_malformed
 * @example
 * const issuerKey = sample.issuing.certificate.publicKey.spki
 * assert.equal(await verifySigned(parseCrl(sample.crl), issuerKey), true)
 * assert.equal(await verifySigned(sample.person.certificate, issuerKey), true)
 */
export async function verifySigned(signed: Signed, spki: Uint8Array): Promise<boolean> {
  const row = signatureRow(signed.signatureAlgorithm)
  // Signatures are whole octets (RFC 3279 §2.2, RFC 4055 §5); without this, one would verify in two encodings.
  if (signed.signatureUnusedBits !== 0) return false
  return verify(row, spki, signed.signedBytes, signed.signature)
}
