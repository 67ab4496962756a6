// BER to DER, for PKCS #12 and CMS only: some programs write indefinite lengths and strings in pieces. Lengths and
// pieces are all that changes; content octets stay, so a MAC over them still holds.

import { concat } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import { TAG } from './tag.ts'
import { contentOf, element } from './writer.ts'

/**
 * The same element with definite, shortest lengths and OCTET STRINGs in one piece. Input that already has that form
 * is returned as it is.
 * @throws der_malformed, der_too_deep, input_too_large
 */
export function derOfBer(ber: Uint8Array, what: string): Uint8Array {
  if (ber.length > MAX_BYTES) fail('input_too_large', { what, limit: MAX_BYTES })
  const cursor: Cursor = { bytes: ber, what, offset: 0 }
  const der = convert(cursor, ber.length, 0)
  if (cursor.offset !== ber.length) malformed(cursor)
  return der
}

interface Cursor {
  readonly bytes: Uint8Array
  readonly what: string
  offset: number
}

// Depth is bounded before each step down, so the recursion is too.
function convert(cursor: Cursor, end: number, depth: number): Uint8Array {
  if (depth > MAX_DEPTH) fail('der_too_deep', { what: cursor.what })
  const tag = octet(cursor, end)
  if ((tag & 0x1f) === 0x1f) malformed(cursor)
  const length = readLength(cursor, end)
  if (!(tag & 0x20)) {
    if (length === undefined) return malformed(cursor) // the indefinite form is for constructed elements
    const content = cursor.bytes.subarray(cursor.offset, cursor.offset + length)
    cursor.offset += length
    return element(tag, content)
  }
  const parts = length === undefined ? untilEnd(cursor, end, depth) : untilOffset(cursor, cursor.offset + length, depth)
  return pieces(cursor, tag, parts)
}

function untilOffset(cursor: Cursor, end: number, depth: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  while (cursor.offset < end) parts.push(convert(cursor, end, depth + 1))
  return parts
}

function untilEnd(cursor: Cursor, end: number, depth: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  while (!(cursor.bytes[cursor.offset] === 0 && cursor.bytes[cursor.offset + 1] === 0 && cursor.offset + 2 <= end)) {
    parts.push(convert(cursor, end, depth + 1))
  }
  cursor.offset += 2
  return parts
}

/** An OCTET STRING in pieces becomes one. Under an IMPLICIT tag it stays in pieces: only the schema knows it there. */
function pieces(cursor: Cursor, tag: number, parts: readonly Uint8Array[]): Uint8Array {
  if (tag === CONSTRUCTED_OCTET_STRING) {
    if (parts.some((part) => part[0] !== TAG.octetString)) malformed(cursor)
    return element(TAG.octetString, concat(...parts.map(contentOf)))
  }
  return element(tag, concat(...parts))
}

function octet(cursor: Cursor, end: number): number {
  return cursor.offset < end ? cursor.bytes[cursor.offset++]! : malformed(cursor)
}

/** Undefined for the indefinite form. */
function readLength(cursor: Cursor, end: number): number | undefined {
  const first = octet(cursor, end)
  if (first === 0x80) return undefined
  let length = first
  if (first > 0x80) {
    if (first > 0x84) malformed(cursor)
    length = 0
    for (let i = first & 0x7f; i > 0; i--) length = length * 256 + octet(cursor, end)
  }
  return length <= end - cursor.offset ? length : malformed(cursor)
}

const malformed = (cursor: Cursor): never => fail('der_malformed', { what: cursor.what, offset: cursor.offset })
const CONSTRUCTED_OCTET_STRING = 0x24
const MAX_DEPTH = 32
// A PKCS #12 file holds keys and certificates; CMS content of any size is streamed elsewhere.
const MAX_BYTES = 16 * 1024 * 1024
