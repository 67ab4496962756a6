// EME-OAEP (RFC 8017 §7.1), for platforms whose own knows one digest for both hash and mask. Removing the padding
// takes the same steps whatever is wrong: there is one look at the end (Manger's attack, CRYPTO 2001).

import type { DigestName, OaepParameters } from '../../algorithms/index.ts'
import { concat } from '../../bytes/index.ts'

/** A digest of some bytes, at once. */
export type Hash = (name: DigestName, data: Uint8Array) => Uint8Array

export interface OaepPadding extends OaepParameters {
  /** Length of the modulus in bytes. */
  readonly size: number
  /** Draws the seed. */
  readonly seed: (length: number) => Uint8Array
}

/** The message fits: at most `size` less two digests and two octets. */
export function padOaep(hash: Hash, padding: OaepPadding, plain: Uint8Array): Uint8Array {
  const { digest, mgfDigest, size } = padding
  const labelHash = hash(digest, padding.label ?? new Uint8Array())
  const filling = new Uint8Array(size - 2 * labelHash.length - 2 - plain.length)
  const block = concat(labelHash, filling, Uint8Array.of(1), plain)
  const seed = padding.seed(labelHash.length)
  xor(block, mgf1(hash, mgfDigest, seed, block.length))
  const masked = seed.slice()
  xor(masked, mgf1(hash, mgfDigest, block, seed.length))
  return concat(Uint8Array.of(0), masked, block)
}

/**
 * Takes OAEP's padding from what RSA by itself gave (RFC 8017 §7.1.2, step 3): for keys in tokens that know fewer digests. Undefined
 * when the padding is wrong, whatever is wrong with it.
 * @param padded of the length of the modulus
 * @example
 * const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
 * assert.equal(unpadOaep((name) => new Uint8Array(digestByName(name).length), parameters, new Uint8Array(256)), undefined)
 */
export function unpadOaep(hash: Hash, parameters: OaepParameters, padded: Uint8Array): Uint8Array | undefined {
  const { digest, mgfDigest, label } = parameters
  const labelHash = hash(digest, label ?? new Uint8Array())
  const length = labelHash.length
  if (padded.length < 2 * length + 2) return undefined // the key is too short, which everybody knows
  const seed = padded.slice(1, 1 + length)
  const block = padded.slice(1 + length)
  xor(seed, mgf1(hash, mgfDigest, block, length))
  xor(block, mgf1(hash, mgfDigest, seed, block.length))
  let wrong = padded[0]!
  for (let i = 0; i < length; i++) wrong |= block[i]! ^ labelHash[i]!
  // `before` is 1 until the 01 that ends the padding; then the message begins at `start`.
  let [before, start] = [1, 0]
  for (let i = length; i < block.length; i++) {
    const octet = block[i]!
    const isOne = before & ((((octet ^ 1) - 1) >>> 31) & 1)
    start |= -isOne & (i + 1)
    wrong |= -(before & ~isOne & 1) & octet
    before &= ~isOne
  }
  return (wrong | before) === 0 ? block.slice(start) : undefined
}

/** RFC 8017 appendix B.2.1. */
function mgf1(hash: Hash, name: DigestName, seed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let [counter, offset] = [0, 0]; offset < length; counter++) {
    const block = hash(name, concat(seed, Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)))
    out.set(block.subarray(0, length - offset), offset)
    offset += block.length
  }
  return out
}

function xor(target: Uint8Array, mask: Uint8Array): void {
  for (let i = 0; i < target.length; i++) target[i]! ^= mask[i]!
}
