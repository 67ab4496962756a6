// The field of GHASH (NIST SP 800-38D §6.3): blocks of 16 octets are polynomials over GF(2), the first bit being the
// coefficient of x^0, modulo x^128 + x^7 + x^2 + x + 1. A few products per mebibyte, so BigInt is quick enough.

/** A block as a number: its first octet is the most significant. */
export type Element = bigint

export const ZERO: Element = 0n
/** x^0. */
const ONE: Element = 1n << 127n

/** 16 octets or fewer, zeros after them. */
export function elementOf(bytes: Uint8Array): Element {
  let value = 0n
  for (let i = 0; i < 16; i++) value = (value << 8n) | BigInt(bytes[i] ?? 0)
  return value
}

export function bytesOf(element: Element): Uint8Array {
  const bytes = new Uint8Array(16)
  let rest = element
  for (let i = 15; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

/** SP 800-38D algorithm 1. */
export function multiply(a: Element, b: Element): Element {
  let product = ZERO
  let shifted = b
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= shifted
    shifted = shifted & 1n ? (shifted >> 1n) ^ REDUCTION : shifted >> 1n
  }
  return product
}

export function power(base: Element, exponent: bigint): Element {
  let result = ONE
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(result, square)
    square = multiply(square, square)
  }
  return result
}

/** a^(2^128 − 2): the group has 2^128 − 1 elements. Zero has no inverse and gives zero. */
export const inverse = (element: Element): Element => power(element, (1n << 128n) - 2n)

const REDUCTION = 0xe1n << 120n
