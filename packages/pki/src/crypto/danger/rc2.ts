// RC2 (RFC 2268), for reading: most .p12 files made before 2021 hold their certificates under its 40-bit form, which
// keeps nobody out.

import { fromHex } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import type { BlockCipher } from './cbc.ts'

/** RC2 for a key of 1 to 128 bytes, of which only `effectiveBits` (1 to 1024) count. */
export function rc2(key: Uint8Array, effectiveBits: number): BlockCipher {
  if (key.length < 1 || key.length > 128 || effectiveBits < 1 || effectiveBits > 1024) {
    fail('key_malformed', { what: 'RC2 key length' })
  }
  const words = expand(key, effectiveBits)
  return {
    blockLength: 8,
    encrypt: (block) => forwards(block, words),
    decrypt: (block) => backwards(block, words),
  }
}

/** Key expansion (§2): 128 bytes, read as 64 words. */
function expand(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128)
  bytes.set(key)
  for (let i = key.length; i < 128; i++) bytes[i] = PI[(bytes[i - 1]! + bytes[i - key.length]!) & 0xff]!
  const length = Math.ceil(effectiveBits / 8)
  const mask = 0xff >> (8 * length - effectiveBits)
  bytes[128 - length] = PI[bytes[128 - length]! & mask]!
  for (let i = 127 - length; i >= 0; i--) bytes[i] = PI[bytes[i + 1]! ^ bytes[i + length]!]!
  return Uint16Array.from({ length: 64 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8))
}

// Sixteen rounds of mixing, with a round of mashing after the fifth and the eleventh (§3.3, §4.3).
const MASH_AFTER: readonly number[] = [4, 10]
const ROTATIONS: readonly number[] = [1, 2, 3, 5]

function forwards(block: Uint8Array, key: Uint16Array): Uint8Array {
  const r = words(block)
  for (let round = 0; round < 16; round++) {
    for (let i = 0; i < 4; i++) {
      const sum = r[i]! + key[4 * round + i]! + chosen(r, i)
      r[i] = (sum << ROTATIONS[i]!) | ((sum & 0xffff) >>> (16 - ROTATIONS[i]!))
    }
    if (MASH_AFTER.includes(round)) for (let i = 0; i < 4; i++) r[i]! += key[r[(i + 3) & 3]! & 63]!
  }
  return octets(r)
}

function backwards(block: Uint8Array, key: Uint16Array): Uint8Array {
  const r = words(block)
  for (let round = 15; round >= 0; round--) {
    if (MASH_AFTER.includes(round)) for (let i = 3; i >= 0; i--) r[i]! -= key[r[(i + 3) & 3]! & 63]!
    for (let i = 3; i >= 0; i--) {
      const turned = (r[i]! >>> ROTATIONS[i]!) | (r[i]! << (16 - ROTATIONS[i]!))
      r[i] = turned - key[4 * round + i]! - chosen(r, i)
    }
  }
  return octets(r)
}

/** Bits of two words before this one, as the third chooses. */
const chosen = (r: Uint16Array, i: number): number => {
  const chooser = r[(i + 3) & 3]!
  return (chooser & r[(i + 2) & 3]!) + (~chooser & r[(i + 1) & 3]!)
}

const words = (block: Uint8Array): Uint16Array =>
  Uint16Array.from({ length: 4 }, (_, i) => block[2 * i]! | (block[2 * i + 1]! << 8))
const octets = (r: Uint16Array): Uint8Array =>
  Uint8Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? r[i >> 1]! & 0xff : r[i >> 1]! >> 8))

// PITABLE (§2): a random permutation made from the digits of pi, as hexadecimal text.
const PI: Uint8Array = fromHex(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32',
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a',
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e',
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
)
