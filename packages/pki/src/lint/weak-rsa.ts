// RSA moduli that anyone can take apart: those of two careless ways to choose primes that were in wide use.

/** Whether Fermat's method finds the primes within a hundred steps, because they lie close together (CVE-2022-26320). */
export function hasClosePrimes(modulus: bigint): boolean {
  let a = squareRoot(modulus)
  if (a * a < modulus) a++
  for (let step = 0; step < 100; step++, a++) {
    const rest = a * a - modulus
    // Squares have few residues: four of five candidates fall here, without a root.
    if (!((SQUARES_MODULO_64 >> (rest & 63n)) & 1n)) continue
    const root = squareRoot(rest)
    if (root * root === rest) return true
  }
  return false
}

/**
 * Whether the modulus bears the mark of the Infineon library (ROCA, CVE-2017-15361): modulo each small prime it is a
 * power of 65537, and other moduli are not.
 */
export function isRoca(modulus: bigint): boolean {
  return ROCA_PRIMES.every((prime) => {
    const wanted = Number(modulus % BigInt(prime))
    let power = 1
    do {
      if (power === wanted) return true
      power = (power * 65537) % prime
    } while (power !== 1)
    return false
  })
}

/** Newton's method, from above. */
function squareRoot(square: bigint): bigint {
  if (square < 2n) return square
  let root = 1n << BigInt(Math.ceil(square.toString(16).length * 2))
  for (;;) {
    const next = (root + square / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

const SQUARES_MODULO_64: bigint = Array.from({ length: 64 }, (_, n) => 1n << BigInt((n * n) % 64)).reduce(
  (all, one) => all | one,
)
const ROCA_PRIMES: readonly number[] = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
]
