// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), written. Reading it is algorithms/public-key.ts.

import type { Curve, RawKey } from '../../algorithms/index.ts'
import { EC_PUBLIC_KEY, RSA_ENCRYPTION } from '../../algorithms/index.ts'
import { bitString, nullValue, oid, sequence, unsignedInteger } from '../../asn1/index.ts'

/** AlgorithmIdentifier of an RSA key (RFC 3279 §2.3.1: parameters are NULL). */
export const rsaAlgorithm = (): Uint8Array => sequence(oid(RSA_ENCRYPTION), nullValue())
/** AlgorithmIdentifier of a key on a named curve (RFC 5480 §2.1.1). */
export const ecAlgorithm = (curve: Curve): Uint8Array => sequence(oid(EC_PUBLIC_KEY), oid(curve.oid))
/** AlgorithmIdentifier of a key without parameters (RFC 8410 §3 and those after it). */
export const rawAlgorithm = ({ oid: dotted }: Pick<RawKey, 'oid'>): Uint8Array => sequence(oid(dotted))

/** Big-endian magnitudes. */
export const spkiOfRsa = (modulus: Uint8Array, exponent: Uint8Array): Uint8Array =>
  spkiOfRsaPublicKey(sequence(unsignedInteger(modulus), unsignedInteger(exponent)))
/** `rsaPublicKey` is PKCS #1 DER. */
export const spkiOfRsaPublicKey = (rsaPublicKey: Uint8Array): Uint8Array =>
  sequence(rsaAlgorithm(), bitString(rsaPublicKey))
/** `point` is 04‖x‖y. */
export const spkiOfPoint = (curve: Curve, point: Uint8Array): Uint8Array =>
  sequence(ecAlgorithm(curve), bitString(point))
export const spkiOfRaw = (row: RawKey, key: Uint8Array): Uint8Array => sequence(rawAlgorithm(row), bitString(key))
