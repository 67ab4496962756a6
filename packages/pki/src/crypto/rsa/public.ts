// The public operation of RSA, where platforms do not offer it: padding of our own goes through it. All numbers are
// public, or made for one message, so the time may tell what it likes.

import type { PublicKeyFacts } from '../../algorithms/index.ts'
import { fromHex, toHex } from '../../bytes/index.ts'

/** `block` to the power of the exponent, as long as the modulus (RFC 8017 §5.1.1, §5.2.2); undefined when it is no smaller than that. */
export function rsaPublic(
  { modulus, exponent }: NonNullable<PublicKeyFacts['rsa']>,
  block: Uint8Array,
): Uint8Array | undefined {
  const [n, base] = [numberOf(modulus), numberOf(block)]
  if (base >= n) return undefined
  let [result, square] = [1n, base]
  for (let rest = numberOf(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % n
    square = (square * square) % n
  }
  return fromHex(result.toString(16).padStart(2 * modulus.length, '0'))
}

/** Of a big-endian magnitude of one octet at least. */
export const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`)
