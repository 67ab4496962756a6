// Base64 as mail bodies have it, from octets to octets: a text of 30 million characters in between would take seconds.

import { malformed } from './malformed.ts'

/** Lines of 76 characters that end with CRLF. */
export function encodeBase64Lines(content: Uint8Array): Uint8Array {
  const characters = Math.ceil(content.length / 3) * 4
  const out = new Uint8Array(characters + Math.ceil(characters / LINE) * 2)
  let at = 0
  for (let i = 0; i < content.length; i += 3) {
    const left = content.length - i
    const group = (content[i]! << 16) | ((left > 1 ? content[i + 1]! : 0) << 8) | (left > 2 ? content[i + 2]! : 0)
    out[at++] = CHARACTERS[group >> 18]!
    out[at++] = CHARACTERS[(group >> 12) & 63]!
    out[at++] = left > 1 ? CHARACTERS[(group >> 6) & 63]! : PAD
    out[at++] = left > 2 ? CHARACTERS[group & 63]! : PAD
    if (i % OCTETS_IN_LINE === OCTETS_IN_LINE - 3 || left <= 3) {
      out[at++] = 0x0d
      out[at++] = 0x0a
    }
  }
  return out
}

/**
 * Line ends and spaces are passed over; everything else is as strict as RFC 4648 §4: padded, with nothing after the
 * padding and no bits left over, or two programs would read two files.
 */
export function decodeBase64Body(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(body.length / 4) * 3)
  let at = 0
  let group = 0
  let count = 0
  let pads = 0
  for (let i = 0; i < body.length; i++) {
    // Nearly all characters stand in fours that nothing interrupts.
    while (count === 0 && pads === 0 && i + 4 <= body.length) {
      const a = PLAIN[body[i]!]!
      const b = PLAIN[body[i + 1]!]!
      const c = PLAIN[body[i + 2]!]!
      const d = PLAIN[body[i + 3]!]!
      if ((a | b | c | d) > 63) break
      out[at++] = (a << 2) | (b >> 4)
      out[at++] = ((b & 15) << 4) | (c >> 2)
      out[at++] = ((c & 3) << 6) | d
      i += 4
    }
    if (i === body.length) break
    const octet = body[i]!
    const value = VALUES[octet]!
    if (value === SKIPPED) continue
    if (octet === PAD) pads++
    // Only the last one or two of four characters are padding, and nothing follows them.
    if (value === OTHER || (pads > 0 && octet !== PAD) || (octet === PAD && count < 2)) malformed('base64')
    group = (group << 6) | (value & 63)
    if (++count < 4) continue
    out[at++] = group >> 16
    out[at++] = (group >> 8) & 0xff
    out[at++] = group & 0xff
    if (pads > 0 && (pads > 2 || (group & (pads === 2 ? 0xffff : 0xff)) !== 0)) malformed('base64')
    group = 0
    count = 0
  }
  if (count !== 0) malformed('base64')
  return out.subarray(0, at - pads)
}

const LINE = 76
const OCTETS_IN_LINE = 57
const PAD = 0x3d
const SKIPPED = 64
const OTHER = 65
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CHARACTERS: Uint8Array = Uint8Array.from(ALPHABET, (one) => one.charCodeAt(0))
const VALUES: Uint8Array = valuesOf()
/** The same, where padding is no character. */
const PLAIN: Uint8Array = VALUES.map((value, octet) => (octet === PAD ? OTHER : value))

function valuesOf(): Uint8Array {
  const values = new Uint8Array(256).fill(OTHER)
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i
  for (const space of [0x09, 0x0a, 0x0d, 0x20]) values[space] = SKIPPED
  values[PAD] = 0
  return values
}
