// ML-KEM.KeyGen_internal (FIPS 203 algorithm 16): the keys that belong to a seed. Platforms make and use such keys,
// but hand out the expanded form of none that has a seed, and few check that one belongs to the other.

import { concat } from '../../../bytes/index.ts'
import type { Sponge } from './keccak.ts'
import { sha3256, sha3512, shake128, shake256 } from './keccak.ts'

/** Keys as FIPS 203 writes them, without any envelope. */
export interface ExpandedKey {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** `seed` is d‖z of 64 bytes; `parameter` names the set. */
export function expandMlKem(seed: Uint8Array, parameter: 512 | 768 | 1024): ExpandedKey {
  const k = parameter / 256
  const [d, z] = [seed.subarray(0, 32), seed.subarray(32)]
  const hashed = sha3512(d, Uint8Array.of(k))
  const [rho, sigma] = [hashed.subarray(0, 32), hashed.subarray(32)]
  const noise = (n: number): Polynomial =>
    toNtt(sampleCbd(shake256(sigma, Uint8Array.of(n)), parameter === 512 ? 3 : 2))
  const rows = Array.from({ length: k }, (_, i) => i)
  const secret = rows.map((i) => noise(i))
  const error = rows.map((i) => noise(k + i))
  const product = rows.map((i) => {
    const sum = error[i]!
    for (const j of rows) addProduct(sum, sampleNtt(shake128(rho, Uint8Array.of(j, i))), secret[j]!)
    return sum
  })
  const publicKey = concat(product.map(encode12), rho)
  return { publicKey, privateKey: concat(secret.map(encode12), publicKey, sha3256(publicKey), z) }
}

type Polynomial = Uint16Array

const Q = 3329

/** Algorithm 7: uniform, in NTT form, by throwing away what is too large. */
function sampleNtt(sponge: Sponge): Polynomial {
  const out = new Uint16Array(256)
  for (let filled = 0; filled < 256; ) {
    const [a, b, c] = sponge.read(3) as unknown as [number, number, number]
    for (const candidate of [a | ((b & 0x0f) << 8), (b >> 4) | (c << 4)]) {
      if (candidate < Q && filled < 256) out[filled++] = candidate
    }
  }
  return out
}

/** Algorithm 8: small, as the difference of two sums of `eta` bits. */
function sampleCbd(sponge: Sponge, eta: 2 | 3): Polynomial {
  const bytes = sponge.read(64 * eta)
  const bit = (at: number): number => (bytes[at >> 3]! >> (at & 7)) & 1
  return Uint16Array.from({ length: 256 }, (_, i) => {
    let value = Q
    for (let j = 0; j < eta; j++) value += bit(2 * i * eta + j) - bit(2 * i * eta + eta + j)
    return value % Q
  })
}

/** Algorithm 9, in place. */
function toNtt(f: Polynomial): Polynomial {
  let i = 1
  for (let length = 128; length >= 2; length >>= 1) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = power(reversed7(i++))
      for (let j = start; j < start + length; j++) {
        const t = (zeta * f[j + length]!) % Q
        f[j + length] = (f[j]! + Q - t) % Q
        f[j] = (f[j]! + t) % Q
      }
    }
  }
  return f
}

/** Algorithms 11 and 12: adds the product of two polynomials in NTT form to `sum`. */
function addProduct(sum: Polynomial, f: Polynomial, g: Polynomial): void {
  for (let i = 0; i < 128; i++) {
    const gamma = power(2 * reversed7(i) + 1)
    const [a0, a1, b0, b1] = [f[2 * i]!, f[2 * i + 1]!, g[2 * i]!, g[2 * i + 1]!]
    sum[2 * i] = (sum[2 * i]! + a0 * b0 + ((a1 * b1) % Q) * gamma) % Q
    sum[2 * i + 1] = (sum[2 * i + 1]! + a0 * b1 + a1 * b0) % Q
  }
}

/** Algorithm 5 with d = 12. */
function encode12(f: Polynomial): Uint8Array {
  const out = new Uint8Array(384)
  for (let i = 0; i < 128; i++) {
    const [a, b] = [f[2 * i]!, f[2 * i + 1]!]
    out.set([a & 0xff, (a >> 8) | ((b & 0x0f) << 4), b >> 4], 3 * i)
  }
  return out
}

const POWERS = powersOf17()
const power = (exponent: number): number => POWERS[exponent % 256]!

function powersOf17(): Uint16Array {
  const powers = new Uint16Array(256).fill(1)
  for (let i = 1; i < 256; i++) powers[i] = (powers[i - 1]! * 17) % Q
  return powers
}

/** The seven bits of `i` in reverse order. */
function reversed7(i: number): number {
  let out = 0
  for (let bit = 0; bit < 7; bit++) out |= ((i >> bit) & 1) << (6 - bit)
  return out
}
