// ML-DSA.KeyGen_internal (FIPS 204 algorithm 6): the keys that belong to a seed. See expand-ml-kem.ts.

import { concat } from '../../../bytes/index.ts'
import type { Sponge } from './keccak.ts'
import { shake128, shake256 } from './keccak.ts'
import type { ExpandedKey } from './ml-kem.ts'

/** `seed` is ξ of 32 bytes; `parameter` names the set. */
export function expandMlDsa(seed: Uint8Array, parameter: 44 | 65 | 87): ExpandedKey {
  const { k, l, eta } = SETS[parameter]
  const hashed = shake256(seed, Uint8Array.of(k, l)).read(128)
  const [rho, rhoPrime, signingSeed] = [hashed.subarray(0, 32), hashed.subarray(32, 96), hashed.subarray(96)]
  const small = Array.from({ length: l + k }, (_, i) => sampleSmall(shake256(rhoPrime, Uint8Array.of(i, 0)), eta))
  const [s1, s2] = [small.slice(0, l), small.slice(l)]
  const s1Ntt = s1.map((f) => toNtt(f.slice()))
  const t = s2.map((noise, row) => {
    const sum = new Int32Array(256)
    for (const [column, f] of s1Ntt.entries()) addProduct(sum, sampleNtt(shake128(rho, Uint8Array.of(column, row))), f)
    return fromNtt(sum).map((coefficient, at) => modulo(coefficient + noise[at]!))
  })
  // Power2Round (algorithm 35): t = t1 · 2^13 + t0 with −2^12 < t0 ≤ 2^12
  const t1 = t.map((f) => f.map((coefficient) => (coefficient + 4095) >> 13))
  const t0 = t.map((f, row) => f.map((coefficient, at) => coefficient - t1[row]![at]! * 8192))
  const publicKey = concat(
    rho,
    t1.map((f) => pack(f, 10)),
  )
  const secretPart = [...s1, ...s2].map((f) => packBelow(f, eta, eta === 2 ? 3 : 4))
  const digest = shake256(publicKey).read(64)
  return {
    publicKey,
    privateKey: concat(
      rho,
      signingSeed,
      digest,
      secretPart,
      t0.map((f) => packBelow(f, 4096, 13)),
    ),
  }
}

// FIPS 204 table 1
const SETS: Readonly<Record<44 | 65 | 87, { k: number; l: number; eta: 2 | 4 }>> = {
  44: { k: 4, l: 4, eta: 2 },
  65: { k: 6, l: 5, eta: 4 },
  87: { k: 8, l: 7, eta: 2 },
}

type Polynomial = Int32Array

const Q = 8380417
const modulo = (value: number): number => ((value % Q) + Q) % Q

/** Algorithm 30: uniform, in NTT form, by throwing away what is too large. */
function sampleNtt(sponge: Sponge): Polynomial {
  const out = new Int32Array(256)
  for (let filled = 0; filled < 256; ) {
    const [a, b, c] = sponge.read(3) as unknown as [number, number, number]
    const candidate = a | (b << 8) | ((c & 0x7f) << 16)
    if (candidate < Q) out[filled++] = candidate
  }
  return out
}

/** Algorithms 15 and 31: between −eta and eta. */
function sampleSmall(sponge: Sponge, eta: 2 | 4): Polynomial {
  const out = new Int32Array(256)
  for (let filled = 0; filled < 256; ) {
    const octet = sponge.read(1)[0]!
    for (const half of [octet & 0x0f, octet >> 4]) {
      if (filled === 256 || half >= (eta === 2 ? 15 : 9)) continue
      out[filled++] = eta === 2 ? 2 - (half % 5) : 4 - half
    }
  }
  return out
}

/** Algorithm 41, in place. Products stay below 2^47, where numbers are still exact. */
function toNtt(w: Polynomial): Polynomial {
  let m = 0
  for (let length = 128; length >= 1; length >>= 1) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = ZETAS[++m]!
      for (let j = start; j < start + length; j++) {
        const t = modulo(zeta * w[j + length]!)
        w[j + length] = modulo(w[j]! - t)
        w[j] = modulo(w[j]! + t)
      }
    }
  }
  return w
}

/** Algorithm 42, in place. */
function fromNtt(w: Polynomial): Polynomial {
  let m = 256
  for (let length = 1; length < 256; length *= 2) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = Q - ZETAS[--m]!
      for (let j = start; j < start + length; j++) {
        const t = w[j]!
        w[j] = modulo(t + w[j + length]!)
        w[j + length] = modulo(zeta * modulo(t - w[j + length]!))
      }
    }
  }
  return w.map((coefficient) => modulo(8347681 * coefficient)) // 256⁻¹
}

function addProduct(sum: Polynomial, f: Polynomial, g: Polynomial): void {
  for (let i = 0; i < 256; i++) sum[i] = modulo(sum[i]! + f[i]! * g[i]!)
}

/** Algorithm 16: `width` bits for each coefficient, least significant first. */
function pack(f: Polynomial, width: number): Uint8Array {
  const out = new Uint8Array(32 * width)
  let at = 0
  for (const coefficient of f) {
    for (let bit = 0; bit < width; bit++, at++) out[at >> 3]! |= ((coefficient >> bit) & 1) << (at & 7)
  }
  return out
}

/** Algorithm 17: coefficients up to `top`, as their distance from it. */
const packBelow = (f: Polynomial, top: number, width: number): Uint8Array =>
  pack(
    f.map((coefficient) => top - coefficient),
    width,
  )

/** Appendix B: powers of 1753, in the order in which the transform asks for them. */
const ZETAS: Int32Array = zetas()

function zetas(): Int32Array {
  const powers = new Int32Array(256).fill(1)
  for (let i = 1; i < 256; i++) powers[i] = (powers[i - 1]! * 1753) % Q
  return Int32Array.from({ length: 256 }, (_, i) => {
    let reversed = 0
    for (let bit = 0; bit < 8; bit++) reversed |= ((i >> bit) & 1) << (7 - bit)
    return powers[reversed]!
  })
}
