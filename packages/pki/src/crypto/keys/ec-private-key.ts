// ECPrivateKey (RFC 5915 §3): the SEC 1 form, which is also what PKCS #8 holds of an elliptic-curve key.

import type { Curve, CurveName } from '../../algorithms/index.ts'
import { curveByOid } from '../../algorithms/index.ts'
import {
  bitString,
  contextConstructed,
  DerReader,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import { fromHex } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { keyMalformed, readingKey } from './malformed.ts'

export interface EcPrivateKey {
  readonly curve: Curve
  /** Big-endian, as long as a coordinate. */
  readonly scalar: Uint8Array
  /** Uncompressed point 04‖x‖y; undefined when the file has none. */
  readonly point?: Uint8Array
}

/**
 * Reads SEC 1 DER. The curve stands inside, or comes from outside as in PKCS #8; where both name one they must agree.
 * @throws key_malformed, algorithm_unsupported with the OID of another curve
 */
export function readEcPrivateKey(der: Uint8Array, outside?: Curve): EcPrivateKey {
  return readingKey('EC private key', () =>
    DerReader.whole(der, 'ECPrivateKey', (reader) =>
      reader.sequence((fields) => {
        if (fields.smallInteger() !== 1) fields.malformed()
        const octets = fields.octetString()
        const inside = fields.optional(contextConstructed(0), (inner) => inner.explicit(0, readCurve))
        if (inside && outside && inside !== outside) keyMalformed('curve')
        const curve = inside ?? outside ?? keyMalformed('curve')
        const point = fields.optional(contextConstructed(1), (inner) =>
          inner.explicit(1, (key) => key.bitStringBytes()),
        )
        const scalar = padded(octets, curve)
        checkEcScalar(scalar, curve)
        if (point && (point[0] !== 0x04 || point.length !== 1 + 2 * curve.size)) keyMalformed('EC point')
        return { curve, scalar, ...(point ? { point } : {}) }
      }),
    ),
  )
}

/** SEC 1 DER; the curve is named inside where nothing around does it (RFC 5915 §4: a file of its own). */
export function writeEcPrivateKey(
  { curve, scalar, point }: EcPrivateKey,
  place: 'inside PKCS #8' | 'alone',
): Uint8Array {
  return sequence(
    integer(1),
    octetString(scalar),
    place === 'alone' ? [explicit(0, oid(curve.oid))] : [],
    point ? [explicit(1, bitString(point))] : [],
  )
}

/** Named curves only: explicit parameters let their author choose the generator (CVE-2020-0601). */
export function readCurve(reader: DerReader): Curve {
  const dotted = reader.oid()
  return curveByOid(dotted) ?? fail('algorithm_unsupported', { oid: dotted })
}

/**
 * RFC 5915 §3 wants as many octets as the order has. GnuTLS writes one more, a zero as before an INTEGER, and old
 * programs left zeros out; the number is the same.
 */
function padded(octets: Uint8Array, { size }: Curve): Uint8Array {
  if (octets.length === size) return octets
  const number = octets.length === size + 1 && octets[0] === 0 ? octets.subarray(1) : octets
  if (number.length > size) keyMalformed('EC private key')
  const scalar = new Uint8Array(size)
  scalar.set(number, size - number.length)
  return scalar
}

/** RFC 5915 §3: as many octets as the order has, and between 1 and the order less one. @throws key_malformed */
export function checkEcScalar(scalar: Uint8Array, curve: Curve): void {
  if (scalar.length !== curve.size || scalar.every((octet) => octet === 0)) keyMalformed('EC private key')
  const order = fromHex(ORDERS[curve.name])
  const different = order.findIndex((octet, at) => octet !== scalar[at])
  if (different < 0 || scalar[different]! > order[different]!) keyMalformed('EC private key')
}

// SEC 2 §2.4: the order of the base point, as many octets as a coordinate.
const ORDERS: Readonly<Record<CurveName, string>> = {
  'P-256': 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  'P-384': 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  'P-521':
    '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
}
