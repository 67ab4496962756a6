import { KEY_SPECS, type KeySpec } from '@scel/pki/algorithms'
import { bitString, DerReader, nullValue, oid, sequence, unsignedInteger } from '@scel/pki/asn1'
import type { KeyAttributes, KeyRequest } from '../module/protocol.ts'

/** SubjectPublicKeyInfo of a key in a token, DER; undefined for a curve whose parameters are written out. */
export function spkiOf({ public: half }: KeyAttributes): Uint8Array | undefined {
  if (half.kind === 'rsa') {
    const key = sequence(unsignedInteger(half.modulus), unsignedInteger(half.exponent))
    return sequence(sequence(oid(RSA_ENCRYPTION), nullValue()), bitString(key))
  }
  if (half.parameters[0] !== OBJECT_IDENTIFIER) return undefined
  return sequence(sequence(oid(EC_PUBLIC_KEY), half.parameters), bitString(pointOf(half.point)))
}

/** The point as it is: an OCTET STRING is around it, as the standard asks, or is not (PKCS #11 2.20 §12.3.3). */
function pointOf(point: Uint8Array): Uint8Array {
  if (point[0] !== OCTET_STRING) return point
  try {
    return DerReader.whole(point, 'CKA_EC_POINT', (reader) => reader.octetString())
  } catch {
    return point
  }
}

/** What a token is asked to make; undefined for keys that are neither RSA nor of a NIST curve. */
export function typeOf(spec: KeySpec): KeyRequest['type'] | undefined {
  const { kind, bits, curve } = KEY_SPECS[spec]
  if (kind === 'rsa') return { kind, bits }
  return kind === 'ec' && curve ? { kind, parameters: oid(curve.oid) } : undefined
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const OBJECT_IDENTIFIER = 0x06
const OCTET_STRING = 0x04
