// DES and triple DES (FIPS 46-3), for files of others and for devices that read nothing newer. WebCrypto has neither
// and OpenSSL keeps single DES apart, so both platforms use this. It is slow and not of constant time: fit for a key
// file on its owner's machine, not for traffic.

import { fail } from '../../errors/index.ts'
import type { BlockCipher } from './cbc.ts'

/** DES for a key of 8 bytes; triple DES in EDE order for 16 (first key = third key) or 24. Parity bits are not looked at. */
export function des(key: Uint8Array): BlockCipher {
  if (key.length !== 8 && key.length !== 16 && key.length !== 24) fail('key_malformed', { what: 'DES key length' })
  const part = (start: number): RoundKeys => roundKeys(key.subarray(start, start + 8))
  const forwards = key.length === 8 ? [part(0)] : [part(0), part(8).toReversed(), part(16 % key.length)]
  const backwards = forwards.map((keys) => keys.toReversed()).toReversed()
  return {
    blockLength: 8,
    encrypt: (block) => run(block, forwards),
    decrypt: (block) => run(block, backwards),
  }
}

/** Sixteen, each 48 bits as eight groups of six. */
type RoundKeys = readonly (readonly number[])[]

function run(block: Uint8Array, passes: readonly RoundKeys[]): Uint8Array {
  const boxes = substitution()
  let bits = permute(bitsOf(block), INITIAL)
  for (const keys of passes) {
    let left = wordOf(bits, 0)
    let right = wordOf(bits, 32)
    for (const key of keys) {
      let mixed = 0
      // E (table 2) takes six neighbouring bits, of which the outer two belong to the next groups.
      const wide = (right << 31) | (right >>> 1)
      for (let box = 0; box < 8; box++) {
        const six = box < 7 ? (wide >>> (26 - 4 * box)) & 0x3f : ((right & 0x1f) << 1) | (right >>> 31)
        mixed |= boxes[box]![six ^ key[box]!]!
      }
      const next = left ^ mixed
      left = right
      right = next
    }
    bits = [...wordBits(right), ...wordBits(left)] // the halves are not exchanged after the last round
  }
  return bytesOf(permute(bits, FINAL))
}

function roundKeys(key: Uint8Array): RoundKeys {
  let halves = permute(bitsOf(key), CHOICE_1)
  return SHIFTS.map((shift) => {
    halves = [...rotated(halves.slice(0, 28), shift), ...rotated(halves.slice(28), shift)]
    const chosen = permute(halves, CHOICE_2)
    return Array.from({ length: 8 }, (_, box) =>
      chosen.slice(6 * box, 6 * box + 6).reduce((value, bit) => 2 * value + bit, 0),
    )
  })
}

let boxesOnce: readonly Int32Array[] | undefined

/** The eight S-boxes with the permutation P applied to what they give, made once. */
function substitution(): readonly Int32Array[] {
  boxesOnce ??= BOXES.map((text, box) =>
    Int32Array.from({ length: 64 }, (_, six) => {
      const row = ((six >> 4) & 2) | (six & 1)
      const value = Number.parseInt(text[16 * row + ((six >> 1) & 15)]!, 16)
      const bits = new Array<number>(32).fill(0)
      for (let i = 0; i < 4; i++) bits[4 * box + i] = (value >> (3 - i)) & 1
      return wordOf(permute(bits, MIX), 0)
    }),
  )
  return boxesOnce
}

const permute = (bits: readonly number[], table: readonly number[]): number[] => table.map((from) => bits[from - 1]!)
const rotated = (bits: readonly number[], by: number): number[] => [...bits.slice(by), ...bits.slice(0, by)]

const bitsOf = (bytes: Uint8Array): number[] =>
  Array.from(bytes).flatMap((octet) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (octet >> bit) & 1))
const wordBits = (word: number): number[] => Array.from({ length: 32 }, (_, i) => (word >>> (31 - i)) & 1)

function wordOf(bits: readonly number[], start: number): number {
  let word = 0
  for (let i = start; i < start + 32; i++) word = (word << 1) | bits[i]!
  return word
}

const bytesOf = (bits: readonly number[]): Uint8Array =>
  Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((v, bit) => 2 * v + bit, 0),
  )

// The tables of FIPS 46-3; bits are counted from 1, the highest first.
const INITIAL: readonly number[] = [2, 4, 6, 8, 1, 3, 5, 7].flatMap((column) =>
  [56, 48, 40, 32, 24, 16, 8, 0].map((row) => row + column),
)
const FINAL: readonly number[] = INITIAL.map((_, i) => INITIAL.indexOf(i + 1) + 1)
const CHOICE_1: readonly number[] = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55,
  47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
]
const CHOICE_2: readonly number[] = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30,
  40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]
const SHIFTS: readonly number[] = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
const MIX: readonly number[] = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
]
// One S-box each: four rows of sixteen, hexadecimal.
const BOXES: readonly string[] = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
]
