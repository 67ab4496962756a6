import type { CurveName, KeyKind, KeySpec } from '../algorithms/index.ts'
import { readPublicKey, specOf } from '../algorithms/index.ts'

/** A public key as certificates and requests show it. */
export interface PublicKeyInfo {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  readonly kind: KeyKind
  /** Modulus length, field size, or the number of the parameter set (ML-DSA-65: 65). */
  readonly bits: number
  /** Undefined for a key that Scel does not make. */
  readonly spec?: KeySpec
  readonly curve?: CurveName
  /** RSA public exponent, big-endian magnitude. */
  readonly exponent?: Uint8Array
  /** Algorithm of the key. */
  readonly oid: string
}

/**
 * What a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) says of its key.
 * @throws key_malformed, der_malformed
 * @example
 * const { spki } = sample.person.certificate.publicKey
 * assert.equal(publicKeyInfo(spki).spec, 'ec-p256')
 */
export function publicKeyInfo(spki: Uint8Array): PublicKeyInfo {
  const facts = readPublicKey(spki)
  const { kind, bits, curve, rsa, oid } = facts
  const spec = specOf(facts)
  const info: { -readonly [K in keyof PublicKeyInfo]: PublicKeyInfo[K] } = { spki, kind, bits, oid }
  if (spec) info.spec = spec
  if (curve) info.curve = curve.name
  if (rsa) info.exponent = rsa.exponent
  return Object.freeze(info)
}
