// BER to DER, for PKCS #12 and CMS only: some programs write indefinite lengths and strings in pieces. Lengths and
// pieces are all that changes; content octets stay, so a MAC over them still holds.

import { fail } from '../errors/index.ts'
import { TAG } from './tag.ts'
import { contentOf, element, headerOf } from './writer.ts'

/**
 * The same element with definite, shortest lengths and OCTET STRINGs in one piece. What has that form already is not
 * copied, so the result may be the input or share its memory. `what` names the structure in errors.
 * @throws der_malformed, der_too_deep, input_too_large above 16 MiB or a million elements
 * @example
 * const der = derOfBer(fromHex('2480' + '0401aa' + '0401bb' + '0000'), 'a string in two pieces')
 * assert.equal(toHex(der), '0402aabb')
 */
export function derOfBer(ber: Uint8Array, what: string): Uint8Array {
  if (ber.length > MAX_BYTES) fail('input_too_large', { what, limit: MAX_BYTES })
  const cursor: Cursor = { bytes: ber, what, offset: 0, elementsLeft: MAX_ELEMENTS }
  const der = convert(cursor, ber.length, 0)
  if (cursor.offset !== ber.length) malformed(cursor)
  return der
}

interface Cursor {
  readonly bytes: Uint8Array
  readonly what: string
  offset: number
  elementsLeft: number
}

// Depth is bounded before each step down, so the recursion is too.
function convert(cursor: Cursor, end: number, depth: number): Uint8Array {
  if (depth > MAX_DEPTH) fail('der_too_deep', { what: cursor.what })
  if (cursor.elementsLeft-- === 0) fail('input_too_large', { what: `elements of ${cursor.what}`, limit: MAX_ELEMENTS })
  const start = cursor.offset
  const tag = octet(cursor, end)
  if ((tag & 0x1f) === 0x1f) malformed(cursor)
  const length = readLength(cursor, end)
  const contentStart = cursor.offset
  if (!(tag & 0x20)) {
    if (length === undefined) return malformed(cursor) // the indefinite form is for constructed elements
    cursor.offset += length
    if (contentStart - start === headerOf(tag, length).length) return cursor.bytes.subarray(start, cursor.offset)
    return element(tag, cursor.bytes.subarray(contentStart, cursor.offset))
  }
  const parts = length === undefined ? untilEnd(cursor, end, depth) : untilOffset(cursor, contentStart + length, depth)
  const { buffer } = cursor.bytes
  const kept = length !== undefined && tag !== CONSTRUCTED_OCTET_STRING && parts.every((part) => part.buffer === buffer)
  if (kept && contentStart - start === headerOf(tag, length).length) return cursor.bytes.subarray(start, cursor.offset)
  return joined(cursor, tag, parts)
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
function joined(cursor: Cursor, tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const inPieces = tag === CONSTRUCTED_OCTET_STRING
  if (inPieces && parts.some((part) => part[0] !== TAG.octetString)) malformed(cursor)
  const contents = inPieces ? parts.map(contentOf) : parts
  // Not as arguments: a call with a hundred thousand of them overflows the stack.
  let length = 0
  for (const part of contents) length += part.length
  const header = headerOf(inPieces ? TAG.octetString : tag, length)
  const der = new Uint8Array(header.length + length)
  der.set(header)
  let offset = header.length
  for (const part of contents) {
    der.set(part, offset)
    offset += part.length
  }
  return der
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
// Each costs memory while it is converted; the bags of a file have some thousands.
const MAX_ELEMENTS = 1_000_000
