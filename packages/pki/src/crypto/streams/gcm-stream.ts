// AES-GCM over content of any length at WebCrypto's speed and in constant memory (docs/decisions/0008). WebCrypto has
// it in one call only, but its two halves can be had in pieces:
//
// - the keystream: AES-CTR from the counter block that GCM would use for this piece;
// - GHASH: AES-GCM over no plaintext, with the piece as additional data, answers ((S ⊕ L)·H) ⊕ mask, where S is the
//   piece's own GHASH, L its length block, H the hash key and mask = E(J0) of that call. S follows by taking the mask
//   away, dividing by H and taking L away. Pieces combine by Y·H^m ⊕ S, where m is the count of blocks of the later.
//
// The calls that serve GHASH encrypt nothing and have a nonce of their own; their tags never leave this file.

import type { CipherStream } from './cipher-stream.ts'
import type { Element } from './gf128.ts'
import { bytesOf, elementOf, inverse, multiply, power, ZERO } from './gf128.ts'
import { Pieces } from './pieces.ts'

interface Keys {
  readonly counting: CryptoKey
  readonly hashing: CryptoKey
}

/** Encrypts or decrypts: `tagged` says which side of a piece is the ciphertext, over which the tag runs. */
export async function gcmStream(
  subtle: SubtleCrypto,
  key: Uint8Array<ArrayBuffer>,
  nonce: Uint8Array,
  additional: Uint8Array,
  tagged: 'output' | 'input',
): Promise<CipherStream> {
  const keys: Keys = {
    counting: await subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt']),
    hashing: await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']),
  }
  const count = (counter: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
    subtle.encrypt({ name: 'AES-CTR', counter, length: 32 }, keys.counting, bytes).then((out) => new Uint8Array(out))
  const ghash = await makeGhash(subtle, keys.hashing, elementOf(await count(new Uint8Array(16), new Uint8Array(16))))
  let state = await ghash(ZERO, additional as Uint8Array<ArrayBuffer>)
  let length = 0

  const run = async (piece: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
    const out = await count(counterBlock(nonce, 2 + length / 16), piece)
    state = await ghash(state, tagged === 'output' ? out : piece)
    length += piece.length
    return out
  }
  const pieces = new Pieces(PIECE, run)
  return {
    update: (bytes) => pieces.push(bytes),
    async finish() {
      const bytes = await pieces.end()
      const lengths = (BigInt(additional.length * 8) << 64n) | (BigInt(length) * 8n)
      const mask = elementOf(await count(counterBlock(nonce, 1), new Uint8Array(16)))
      return { bytes, tag: bytesOf(multiply(state ^ lengths, ghash.key) ^ mask) }
    },
  }
}

interface Ghash {
  (state: Element, piece: Uint8Array<ArrayBuffer>): Promise<Element>
  readonly key: Element
}

async function makeGhash(subtle: SubtleCrypto, hashing: CryptoKey, key: Element): Promise<Ghash> {
  const iv = globalThis.crypto.getRandomValues(new Uint8Array(12))
  const tagOf = async (additionalData: Uint8Array<ArrayBuffer>): Promise<Element> =>
    elementOf(new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, hashing, new Uint8Array(0))))
  const mask = await tagOf(new Uint8Array(0)) // GHASH of an empty message is zero, so the tag is the mask itself
  const divide = inverse(key)
  const powers = new Map<number, Element>()
  const advance = (blocks: number): Element => {
    const known = powers.get(blocks) ?? power(key, BigInt(blocks))
    if (blocks % (PIECE / 16) === 0) powers.set(blocks, known) // few: only the last run is no multiple of the piece
    return known
  }
  const absorb = async (state: Element, piece: Uint8Array<ArrayBuffer>): Promise<Element> => {
    if (piece.length === 0) return state
    const own = multiply((await tagOf(piece)) ^ mask, divide) ^ (BigInt(piece.length * 8) << 64n)
    return state === ZERO ? own : multiply(state, advance(Math.ceil(piece.length / 16))) ^ own
  }
  return Object.assign(absorb, { key })
}

/** Nonce of 12 octets and a count of 32 bits, which wraps as GCM's own does (SP 800-38D §6.2). */
function counterBlock(nonce: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(16)
  block.set(nonce)
  new DataView(block.buffer).setUint32(12, count >>> 0)
  return block
}

// A piece costs three calls and two products, whatever its size.
const PIECE = 1024 * 1024
