// Object identifiers. Arcs may be of any size: a decoder that cuts them to 32 bits lets a hostile identifier
// look like a trusted one (node-forge CVE-2025-66030). Dotted text and DER content stand one to one.

import { fail } from '../errors/index.ts'

/** DER content octets of a dotted identifier. @throws oid_malformed */
export function encodeOid(dotted: string): Uint8Array {
  const known = encoded.get(dotted)
  if (known) return known
  if (dotted.length > 512 || !/^[0-2](\.(0|[1-9][0-9]*))+$/.test(dotted)) return malformed('dotted text')
  const arcs = dotted.split('.').map(BigInt)
  const [root, second] = [arcs[0]!, arcs[1]!]
  if (root < 2n && second > 39n) malformed('second arc')
  const octets = base128(root * 40n + second)
  for (const arc of arcs.slice(2)) octets.push(...base128(arc))
  const content = Uint8Array.from(octets)
  // The table stays small: callers write a few dozen identifiers, and hostile text only ever goes through decode.
  if (encoded.size < CACHE) encoded.set(dotted, content)
  return content
}

/** Dotted text of DER content octets. @throws oid_malformed on an arc that is cut or not in its shortest form */
export function decodeOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > LONGEST) malformed('length')
  if (content.at(-1)! & 0x80) malformed('last arc')
  let text = ''
  let arc = 0
  let large: bigint | undefined
  let starts = true
  for (const octet of content) {
    if (starts && octet === 0x80) malformed('arc not minimal')
    // 2^45 × 128 is still exact in a double; beyond that the arc continues as a bigint.
    if (large === undefined && arc > 2 ** 45) large = BigInt(arc)
    if (large !== undefined) large = large * 128n + BigInt(octet & 0x7f)
    else arc = arc * 128 + (octet & 0x7f)
    starts = (octet & 0x80) === 0
    if (starts) {
      text += text === '' ? firstTwo(large ?? BigInt(arc)) : `.${large ?? arc}`
      arc = 0
      large = undefined
    }
  }
  return text
}

function firstTwo(value: bigint): string {
  const root = value < 80n ? value / 40n : 2n
  return `${root}.${value - root * 40n}`
}

function base128(value: bigint): number[] {
  const octets = [Number(value & 0x7fn)]
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80)
  return octets
}

const malformed = (what: string): never => fail('oid_malformed', { what })
const encoded = new Map<string, Uint8Array>()
const CACHE = 512
// Registered identifiers stay under 40 octets; the bound keeps bigint work linear for practical purposes.
const LONGEST = 128
