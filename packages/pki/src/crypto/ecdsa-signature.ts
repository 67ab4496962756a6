// ECDSA signatures: certificates carry SEQUENCE { r, s } (RFC 3279 §2.2.3), WebCrypto r‖s of fixed width.

import { DerReader, sequence, unsignedInteger } from '../asn1/index.ts'
import { concat } from '../bytes/index.ts'
import { isPkiError } from '../errors/index.ts'

/** `size` is the curve's coordinate length in bytes. */
export function derOfRaw(raw: Uint8Array, size: number): Uint8Array {
  return sequence(unsignedInteger(raw.subarray(0, size)), unsignedInteger(raw.subarray(size)))
}

/** Undefined when the bytes are not one strict DER encoding of two positive numbers that fit the curve. */
export function rawOfDer(der: Uint8Array, size: number): Uint8Array | undefined {
  try {
    return DerReader.whole(der, 'ECDSA signature', (reader) =>
      reader.sequence((pair) => concat(fixed(pair.integerBytes(), size), fixed(pair.integerBytes(), size))),
    )
  } catch (error) {
    if (isPkiError(error) || error instanceof RangeError) return undefined
    throw error
  }
}

function fixed(content: Uint8Array, size: number): Uint8Array {
  const magnitude = content[0] === 0 ? content.subarray(1) : content
  if (content[0]! >= 0x80 || magnitude.length > size) throw new RangeError('not a coordinate')
  const out = new Uint8Array(size)
  out.set(magnitude, size - magnitude.length)
  return out
}
