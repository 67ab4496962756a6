// Character strings. One row per type; NUL is refused everywhere, because a C string ends there and
// "bank.example\0.evil.example" would be read as two different names by two programs.

import { fromUtf8, latin1, utf8 } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import { TAG } from './tag.ts'

/** The character string types of X.680 §41 that names and messages are written in. */
export type StringType =
  | 'UTF8String'
  | 'NumericString'
  | 'PrintableString'
  | 'TeletexString'
  | 'IA5String'
  | 'VisibleString'
  | 'UniversalString'
  | 'BMPString'

interface StringRow {
  readonly tag: number
  readonly read: (content: Uint8Array) => string
  readonly write: (text: string) => Uint8Array
  readonly allowed: RegExp
}

const single = (text: string): Uint8Array => {
  const content = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) content[i] = text.charCodeAt(i)
  return content
}

const ROWS: Readonly<Record<StringType, StringRow>> = {
  UTF8String: { tag: TAG.utf8String, read: fromUtf8, write: utf8, allowed: /^[^\0]*$/ },
  NumericString: { tag: TAG.numericString, read: latin1, write: single, allowed: /^[0-9 ]*$/ },
  PrintableString: { tag: TAG.printableString, read: latin1, write: single, allowed: /^[A-Za-z0-9 '()+,\-./:=?]*$/ },
  // T.61 proper died out; every issuer that still writes this tag means Latin-1.
  TeletexString: { tag: TAG.teletexString, read: latin1, write: single, allowed: /^[\x01-\xff]*$/ },
  IA5String: { tag: TAG.ia5String, read: latin1, write: single, allowed: /^[\x01-\x7f]*$/ },
  VisibleString: { tag: TAG.visibleString, read: latin1, write: single, allowed: /^[\x20-\x7e]*$/ },
  UniversalString: { tag: TAG.universalString, read: readUniversal, write: writeUniversal, allowed: /^[^\0]*$/ },
  BMPString: { tag: TAG.bmpString, read: readBmp, write: writeBmp, allowed: /^[^\0]*$/ },
}

// Indexed by tag, which is below 32 for all of them.
const byTag: readonly (readonly [StringType, StringRow] | undefined)[] = Array.from({ length: 32 }, (_, tag) =>
  (Object.entries(ROWS) as [StringType, StringRow][]).find(([, row]) => row.tag === tag),
)

const ONE_OCTET_EACH: readonly StringType[] = [
  'UTF8String',
  'NumericString',
  'PrintableString',
  'TeletexString',
  'IA5String',
  'VisibleString',
]

/** Bit number `tag` of octet o: whether o is a whole character in strings of that tag. */
const CHARACTERS = Int32Array.from({ length: 256 }, (_, octet) => {
  const holds = (type: StringType): boolean =>
    (type !== 'UTF8String' || octet < 0x80) && ROWS[type].allowed.test(String.fromCharCode(octet))
  return ONE_OCTET_EACH.filter(holds).reduce((bits, type) => bits | (1 << ROWS[type].tag), 0)
})

/**
 * Text of a string's content octets, the type given by its tag.
 * @throws string_malformed
 * @example
 * assert.equal(decodeString(TAG.bmpString, fromHex('005300e9')), 'Sé')
 * assert.throws(() => decodeString(TAG.ia5String, fromHex('610062')), (error) => hasCode(error, 'string_malformed'))
 */
export const decodeString = (tag: number, content: Uint8Array): string =>
  decodeStringAt(tag, content, 0, content.length)

/**
 * The same of the octets from `start` to `end`.
 * @throws string_malformed
 * @example
 * const der = string('UTF8String', 'Ana')
 * assert.equal(decodeStringAt(TAG.utf8String, der, contentStart(der), der.length), 'Ana')
 */
export function decodeStringAt(tag: number, bytes: Uint8Array, start: number, end: number): string {
  const [type, row] = byTag[tag] ?? malformed('type')
  let whole = 1 << tag
  for (let i = start; i < end; i++) whole &= CHARACTERS[bytes[i]!]!
  if (whole !== 0) return latin1(bytes, start, end) // nearly all that are in use
  let text: string
  try {
    text = row.read(bytes.subarray(start, end))
  } catch (error) {
    return fail('string_malformed', { what: type }, error)
  }
  return row.allowed.test(text) ? text : malformed(type)
}

/**
 * Content octets of a text.
 * @throws string_malformed when the type cannot hold it
 * @example
 * assert.equal(toHex(encodeString('BMPString', 'é')), '00e9')
 */
export function encodeString(type: StringType, text: string): Uint8Array {
  const row = ROWS[type]
  if (!row.allowed.test(text) || !text.isWellFormed()) malformed(type)
  return row.write(text)
}

/**
 * The tag that strings of a type are written under.
 * @example
 * assert.equal(stringTag('UTF8String'), TAG.utf8String)
 */
export const stringTag = (type: StringType): number => ROWS[type].tag
/**
 * The string type of a tag; undefined when it is not one of a character string.
 * @example
 * assert.deepEqual([0x0c, 0x04].map(stringTypeOf), ['UTF8String', undefined])
 */
export const stringTypeOf = (tag: number): StringType | undefined => byTag[tag]?.[0]
/**
 * Whether a text fits PrintableString (X.680 §41.4), which has neither @ nor & nor *.
 * @example
 * assert.deepEqual(['FR', 'a@b'].map(isPrintable), [true, false])
 */
export const isPrintable = (text: string): boolean => ROWS.PrintableString.allowed.test(text)

function readBmp(content: Uint8Array): string {
  if (content.length % 2 !== 0) malformed('BMPString') // odd lengths overran OpenSSL: CVE-2026-7383
  let text = ''
  for (let i = 0; i < content.length; i += 2) text += String.fromCharCode((content[i]! << 8) | content[i + 1]!)
  return text.isWellFormed() ? text : malformed('BMPString')
}

/** UTF-16 big endian: a BMPString cannot hold more, and the tools write pairs for what lies beyond. */
function writeBmp(text: string): Uint8Array {
  const content = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    content[2 * i] = text.charCodeAt(i) >> 8
    content[2 * i + 1] = text.charCodeAt(i) & 0xff
  }
  return content
}

function readUniversal(content: Uint8Array): string {
  if (content.length % 4 !== 0) malformed('UniversalString')
  let text = ''
  for (let i = 0; i < content.length; i += 4) {
    const point = content[i]! * 0x1000000 + (content[i + 1]! << 16) + (content[i + 2]! << 8) + content[i + 3]!
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) malformed('UniversalString')
    text += String.fromCodePoint(point)
  }
  return text
}

function writeUniversal(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text, (character) => character.codePointAt(0)!).flatMap((point) => [
      0,
      point >> 16,
      (point >> 8) & 0xff,
      point & 0xff,
    ]),
  )
}

const malformed = (what: string): never => fail('string_malformed', { what })
