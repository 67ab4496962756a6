// The key derivation of PKCS #12 (RFC 7292 appendix B): for the classic MAC, and for the old encryption schemes.

import { engine } from '#engine'
import type { DigestAlgorithm, DigestName } from '../../algorithms/index.ts'
import { concat } from '../../bytes/index.ts'
import { sha1Repeated } from '../danger/sha1.ts'
import { sha256Repeated } from '../sha256.ts'

/** What the derived bytes are for; the number is their "ID" (B.3). */
export type Pkcs12Purpose = keyof typeof PURPOSES
const PURPOSES = { key: 1, iv: 2, mac: 3 } as const

export interface Pkcs12Derivation {
  readonly digest: DigestAlgorithm
  /** BMPString with its terminator; empty for the absent passphrase, which differs from the empty one. */
  readonly passphrase: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Bytes of any length (B.2). Each `digest.length` of them cost the full number of iterations. Whatever else waits has its
 * turn between slices of the work.
 * @throws the reason of `signal`
 */
export async function pkcs12Derive(
  { digest, passphrase, salt, iterations, signal }: Pkcs12Derivation,
  purpose: Pkcs12Purpose,
  length: number,
): Promise<Uint8Array> {
  const size = digest.block
  const diversifier = new Uint8Array(size).fill(PURPOSES[purpose])
  const input = concat(repeated(salt, size), repeated(passphrase, size))
  const out = new Uint8Array(length)
  for (let filled = 0; filled < length; filled += digest.length) {
    const block = await repeat(digest.name, concat(diversifier, input), iterations, signal)
    out.set(block.subarray(0, length - filled), filled)
    const sum = repeated(block, size).subarray(0, size)
    for (let start = 0; start < input.length; start += size) addOne(input.subarray(start, start + size), sum)
  }
  return out
}

async function repeat(name: DigestName, data: Uint8Array, times: number, signal?: AbortSignal): Promise<Uint8Array> {
  const slice = Math.max(1, Math.floor(SLICE / priceOf(name)))
  let state = data
  for (let left = times; left > 0; left -= slice) {
    signal?.throwIfAborted()
    state = await hashed(name, state, Math.min(left, slice))
    if (left > slice) await engine.pause()
  }
  return state
}

// The digests that files have go round by round in JavaScript, which is quicker than as many calls of the platform.
async function hashed(name: DigestName, data: Uint8Array, times: number): Promise<Uint8Array> {
  if (name === 'SHA-1') return sha1Repeated(data, times)
  return name === 'SHA-256' ? sha256Repeated(data, times) : engine.digestRepeated(name, data, times)
}

/** What a round costs, in rounds of PBKDF2 with SHA-256. */
const priceOf = (name: DigestName): number => (name === 'SHA-1' || name === 'SHA-256' ? 2 : engine.repeatedPrice(name))

/** What {@link pkcs12Derive} costs, in rounds of PBKDF2 with SHA-256. */
export const pkcs12Work = (digest: DigestAlgorithm, iterations: number, length: number): number =>
  Math.ceil(length / digest.length) * iterations * priceOf(digest.name)

// A hundredth of a second.
const SLICE = 80_000

/** `number` becomes number + other + 1, big-endian, without the carry out of it (B.2 step 6C). */
function addOne(number: Uint8Array, other: Uint8Array): void {
  let carry = 1
  for (let i = number.length - 1; i >= 0; i--) {
    carry += number[i]! + other[i]!
    number[i] = carry & 0xff
    carry >>= 8
  }
}

/** Copies of `bytes`, the last one cut, filling whole blocks. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / block) * block)
  for (let i = 0; i < out.length; i++) out[i] = bytes[i % bytes.length]!
  return out
}
