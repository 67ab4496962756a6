// A DER writer made of plain functions: each returns finished bytes, and bigger ones are made of smaller ones.
// Measured against a two-pass writer over one buffer, copying a certificate's few hundred bytes six levels up
// cost less than keeping the book-keeping of the second pass.

import type { GrowingBytes, Parts } from '../bytes/index.ts'
import { copyInto, lengthOf } from '../bytes/index.ts'
import { encodeOid } from './oid.ts'
import { compareBytes } from './sorted.ts'
import type { StringType } from './strings.ts'
import { encodeString, stringTag } from './strings.ts'
import { contextConstructed, contextPrimitive, TAG } from './tag.ts'
import { generalizedTimeContent, timeForm, utcTimeContent } from './time.ts'

/**
 * One element: identifier octet, shortest length, and the parts as content. A part may be a list of parts; so for all that
 * is made of it.
 * @example
 * assert.equal(toHex(element(0x81, fromHex('aa'), fromHex('bb'))), '8102aabb')
 */
export function element(tag: number, ...parts: readonly Parts[]): Uint8Array {
  const length = lengthOf(parts)
  const lengthOctets = lengthOctetsOf(length)
  const out = new Uint8Array(2 + lengthOctets + length)
  writeHeader(out, tag, length, lengthOctets)
  copyInto(out, 2 + lengthOctets, parts)
  return out
}

/**
 * Identifier octet and shortest length octets of an element whose content has `length` octets.
 * @example
 * assert.equal(toHex(headerOf(TAG.sequence, 200)), '3081c8')
 */
export function headerOf(tag: number, length: number): Uint8Array {
  const lengthOctets = lengthOctetsOf(length)
  const out = new Uint8Array(2 + lengthOctets)
  writeHeader(out, tag, length, lengthOctets)
  return out
}

/**
 * Appends what {@link headerOf} returns.
 * @example
 * const out = new GrowingBytes('example', 10)
 * appendHeader(out, TAG.sequence, 200)
 * assert.equal(toHex(out.view()), '3081c8')
 */
export function appendHeader(out: GrowingBytes, tag: number, length: number): void {
  const lengthOctets = lengthOctetsOf(length)
  out.push(tag)
  out.push(lengthOctets === 0 ? length : 0x80 | lengthOctets)
  for (let i = lengthOctets - 1; i >= 0; i--) out.push((length / 2 ** (8 * i)) & 0xff)
}

/**
 * How many octets the whole element has whose content has `length`.
 * @example
 * assert.equal(elementLength(200), octetString(new Uint8Array(200)).length)
 */
export const elementLength = (length: number): number => 2 + lengthOctetsOf(length) + length

/** How many octets follow the first length octet. */
const lengthOctetsOf = (length: number): number =>
  length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4

function writeHeader(out: Uint8Array, tag: number, length: number, lengthOctets: number): void {
  out[0] = tag
  if (lengthOctets === 0) {
    out[1] = length
    return
  }
  out[1] = 0x80 | lengthOctets
  for (let i = 0; i < lengthOctets; i++) out[2 + i] = (length / 2 ** (8 * (lengthOctets - 1 - i))) & 0xff
}

/**
 * Content octets of an element whose length was checked before: one that was written or read here.
 * @example
 * assert.equal(toHex(contentOf(integer(5))), '05')
 */
export const contentOf = (der: Uint8Array): Uint8Array => der.subarray(contentStart(der))

/**
 * Where they start.
 * @example
 * assert.equal(contentStart(octetString(new Uint8Array(200))), 3)
 */
export function contentStart(der: Uint8Array): number {
  const first = der[1]!
  return first < 0x80 ? 2 : 2 + (first & 0x7f)
}

/**
 * A SEQUENCE of finished elements.
 * @example
 * assert.equal(toHex(sequence(integer(5), nullValue())), '30050201050500')
 */
export const sequence = (...parts: readonly Parts[]): Uint8Array => element(TAG.sequence, parts)

/**
 * SET OF: the elements sorted by their encodings (X.690 §11.6).
 * @example
 * assert.deepEqual(setOf(integer(2), integer(1)), setOf(integer(1), integer(2)))
 */
export function setOf(...parts: readonly Parts[]): Uint8Array {
  const elements = elementsOf(parts)
  return element(TAG.set, elements.length < 2 ? elements : elements.toSorted(compareBytes))
}

/**
 * EXPLICIT `[number]`.
 * @example
 * assert.equal(toHex(explicit(3, integer(5))), 'a303020105')
 */
export const explicit = (number: number, ...parts: readonly Parts[]): Uint8Array =>
  element(contextConstructed(number), parts)

/**
 * IMPLICIT `[number]` over a primitive type; `content` is without the header that it replaces.
 * @example
 * assert.equal(toHex(implicit(2, fromHex('aa'))), '8201aa')
 */
export const implicit = (number: number, content: Uint8Array): Uint8Array => element(contextPrimitive(number), content)

/** IMPLICIT `[number]` over a SEQUENCE or SET; `parts` are its elements. */
export const implicitConstructed: typeof explicit = explicit

/**
 * An INTEGER. Bytes are taken as two's complement content and shortened; use {@link unsignedInteger} for magnitudes.
 * @example
 * assert.equal(toHex(integer(128)), '02020080')
 * assert.equal(toHex(integer(-1n)), '0201ff')
 */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  if (typeof value === 'number' && value >= 0 && value < 0x80) return octets(TAG.integer, 1, value)
  return element(TAG.integer, value instanceof Uint8Array ? shortest(value) : twosComplement(BigInt(value)))
}

/**
 * An INTEGER that is not negative, from big-endian magnitude.
 * @example
 * assert.equal(toHex(unsignedInteger(fromHex('80'))), '02020080')
 */
export function unsignedInteger(magnitude: Uint8Array): Uint8Array {
  const padded = new Uint8Array(magnitude.length + 1)
  padded.set(magnitude, 1)
  return element(TAG.integer, shortest(padded))
}

/**
 * An ENUMERATED that is not negative.
 * @example
 * assert.equal(toHex(enumerated(3)), '0a0103')
 */
export const enumerated = (value: number): Uint8Array => element(TAG.enumerated, twosComplement(BigInt(value)))
/**
 * A BOOLEAN: true is FF (X.690 §11.1).
 * @example
 * assert.equal(toHex(boolean(true)), '0101ff')
 */
export const boolean = (value: boolean): Uint8Array => octets(TAG.boolean, 1, value ? 0xff : 0x00)
/**
 * A NULL.
 * @example
 * assert.equal(toHex(nullValue()), '0500')
 */
export const nullValue = (): Uint8Array => element(TAG.null)

/**
 * Elements are shared, so they must not be written into; nothing that this library returns is.
 * @example
 * assert.equal(toHex(oid('2.5.4.3')), '0603550403')
 */
export function oid(dotted: string): Uint8Array {
  let der = oids.get(dotted)
  if (!der) {
    der = element(TAG.oid, encodeOid(dotted))
    // Full only when a program writes hundreds of different identifiers, and then it just stops growing.
    if (oids.size < 512) oids.set(dotted, der)
  }
  return der
}

/**
 * An OCTET STRING of the parts, joined.
 * @example
 * assert.equal(toHex(octetString(fromHex('aa'), fromHex('bb'))), '0402aabb')
 */
export const octetString = (...parts: readonly Parts[]): Uint8Array => element(TAG.octetString, parts)

/**
 * A BIT STRING; the last octet's `unusedBits` lowest bits must be zero (X.690 §11.2.1).
 * @example
 * assert.equal(toHex(bitString(fromHex('f8'), 3)), '030203f8')
 */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Uint8Array =>
  element(TAG.bitString, octets(unusedBits), bytes)

/**
 * Content of a BIT STRING with named bits: trailing zero bits are dropped (X.690 §11.2.2).
 * @example
 * assert.equal(toHex(namedBitsContent([0])), '0780')
 */
export function namedBitsContent(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return Uint8Array.of(0)
  const last = bits.reduce((most, bit) => Math.max(most, bit))
  const content = new Uint8Array(2 + (last >> 3))
  content[0] = 7 - (last & 7)
  for (const bit of bits) content[1 + (bit >> 3)]! |= 0x80 >> (bit & 7)
  return content
}

/**
 * A BIT STRING of the numbers of the bits that are set, as key usages are.
 * @example
 * assert.equal(toHex(namedBits([0, 2])), '030205a0')
 */
export const namedBits = (bits: readonly number[]): Uint8Array => element(TAG.bitString, namedBitsContent(bits))

/**
 * A character string of the type.
 * @throws string_malformed when the type cannot hold the text
 * @example
 * assert.equal(toHex(string('PrintableString', 'FR')), '13024652')
 */
export const string = (type: StringType, text: string): Uint8Array => element(stringTag(type), encodeString(type, text))

/**
 * UTCTime or GeneralizedTime, by the year (RFC 5280 §4.1.2.5).
 * @example
 * assert.equal(time(new Date('2026-01-01T00:00:00Z'))[0], TAG.utcTime)
 * assert.equal(time(new Date('2050-01-01T00:00:00Z'))[0], TAG.generalizedTime)
 */
export const time = (date: Date): Uint8Array =>
  timeForm(date) === 'UTCTime'
    ? element(TAG.utcTime, utcTimeContent(date))
    : element(TAG.generalizedTime, generalizedTimeContent(date))

/**
 * A GeneralizedTime whatever the year; parts of a second are dropped.
 * @throws time_malformed outside years 0 to 9999
 * @example
 * assert.equal(toHex(generalizedTime(new Date('2026-01-01T00:00:00Z'))).slice(0, 4), '180f')
 */
export const generalizedTime = (date: Date): Uint8Array => element(TAG.generalizedTime, generalizedTimeContent(date))

const elementsOf = (parts: readonly Parts[]): readonly Uint8Array[] =>
  parts.flatMap((part) => (part instanceof Uint8Array ? [part] : elementsOf(part)))

function shortest(content: Uint8Array): Uint8Array {
  if (content.length === 0) return octets(0)
  let start = 0
  while (
    start < content.length - 1 &&
    ((content[start] === 0x00 && content[start + 1]! < 0x80) ||
      (content[start] === 0xff && content[start + 1]! >= 0x80))
  ) {
    start++
  }
  return start === 0 ? content : content.subarray(start)
}

function twosComplement(value: bigint): Uint8Array {
  const octets: number[] = []
  let rest = value
  do {
    octets.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!((rest === 0n && octets[0]! < 0x80) || (rest === -1n && octets[0]! >= 0x80)))
  return Uint8Array.from(octets)
}

// Uint8Array.of walks an iterator, which shows in a profile of small elements.
function octets(...values: readonly number[]): Uint8Array {
  const out = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) out[i] = values[i]!
  return out
}

const oids = new Map<string, Uint8Array>()
