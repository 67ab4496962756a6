// Object identifiers. Arcs may be of any size: a decoder that cuts them to 32 bits lets a hostile identifier
// look like a trusted one (node-forge CVE-2025-66030). Dotted text and DER content stand one to one.

import { fail } from '../errors/index.ts'

/**
 * DER content octets of a dotted identifier.
 * @throws oid_malformed
 * @example
 * assert.equal(toHex(encodeOid('2.5.29.15')), '551d0f')
 */
export function encodeOid(dotted: string): Uint8Array {
  if (dotted.length > 512 || !/^[0-2](\.(0|[1-9][0-9]*))+$/.test(dotted)) return malformed('dotted text')
  const arcs = dotted.split('.').map(BigInt)
  const [root, second] = [arcs[0]!, arcs[1]!]
  if (root < 2n && second > 39n) malformed('second arc')
  const octets = base128(root * 40n + second)
  for (const arc of arcs.slice(2)) for (const octet of base128(arc)) octets.push(octet)
  return Uint8Array.from(octets)
}

/**
 * Dotted text of the DER content octets from `start` to `end`.
 * @throws oid_malformed on an arc that is cut or not in its shortest form
 * @example
 * assert.equal(decodeOid(fromHex('551d0f')), '2.5.29.15')
 */
export function decodeOid(content: Uint8Array, start = 0, end: number = content.length): string {
  const slot = hash(content, start, end) & (SLOTS - 1)
  const known = recent[slot]
  if (known && isSame(known.content, content, start, end)) return known.dotted
  const dotted = decode(content, start, end)
  if (end - start <= LONGEST_KEPT) recent[slot] = { content: new Uint8Array(content.subarray(start, end)), dotted }
  return dotted
}

function decode(content: Uint8Array, start: number, end: number): string {
  if (start === end || end - start > LONGEST) malformed('length')
  if (content[end - 1]! & 0x80) malformed('last arc')
  let text = ''
  let arc = 0
  let large: bigint | undefined
  let starts = true
  for (let i = start; i < end; i++) {
    const octet = content[i]!
    if (starts && octet === 0x80) malformed('arc not minimal')
    // 2^45 × 128 is still exact in a double; beyond that the arc continues as a bigint.
    if (large === undefined && arc > 2 ** 45) large = BigInt(arc)
    if (large !== undefined) large = large * 128n + BigInt(octet & 0x7f)
    else arc = arc * 128 + (octet & 0x7f)
    starts = (octet & 0x80) === 0
    if (starts) {
      text += text === '' ? firstTwo(large ?? arc) : `.${large ?? arc}`
      arc = 0
      large = undefined
    }
  }
  return text
}

/** The first two arcs share one number: 40 times the first, which is 0, 1 or 2, plus the second (X.690 §8.19.4). */
function firstTwo(value: number | bigint): string {
  if (value < 80) return value < 40 ? `0.${value}` : `1.${Number(value) - 40}`
  return typeof value === 'bigint' ? `2.${value - 80n}` : `2.${value - 80}`
}

function base128(value: bigint): number[] {
  const octets = [Number(value & 0x7fn)]
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80)
  return octets
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let state = end - start
  for (let i = start; i < end; i++) state = (Math.imul(state, 31) + bytes[i]!) | 0
  return state ^ (state >>> 11)
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false
  return true
}

const malformed = (what: string): never => fail('oid_malformed', { what })
// Registered identifiers stay under 40 octets; the bound keeps bigint work linear for practical purposes.
const LONGEST = 128
// The same few dozen identifiers come again and again. One place per hash, so what is kept stays small whatever comes,
// and the bytes decide, so a hostile identifier can only push another one out.
const SLOTS = 512
const LONGEST_KEPT = 16
const recent: ({ readonly content: Uint8Array; readonly dotted: string } | undefined)[] = []
