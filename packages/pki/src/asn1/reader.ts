// A strict DER reader (X.690 §10–11). It never guesses: the caller says which type comes next, lengths are in
// their shortest form, nothing is left over, nothing is allocated before its bytes are known to exist, and
// nesting is bounded. Values are views over the input, so what was signed stays byte for byte.

import { fail } from '../errors/index.ts'
import { decodeOid } from './oid.ts'
import { compareBytes } from './sorted.ts'
import { decodeStringAt } from './strings.ts'
import { contextConstructed, TAG } from './tag.ts'
import { generalizedTimeAt, utcTimeAt } from './time.ts'

/** A BIT STRING: the last octet of `bytes` has `unusedBits` (0 to 7) bits that carry nothing. */
export interface BitString {
  readonly bytes: Uint8Array
  readonly unusedBits: number
}

/** How much a reader takes before it gives up. */
export interface ReadLimits {
  /** Longest input in bytes. @default 1 MiB */
  readonly maxBytes?: number
  /** Most elements that are looked at, whatever their depth. @default 65,536 */
  readonly maxElements?: number
}

/**
 * Reads one structure of DER, field by field; made by `DerReader.whole`. What it throws names the structure and the
 * place.
 * @example
 * const der = sequence(integer(5), octetString(fromHex('aa')))
 * const fields = DerReader.whole(der, 'Pair', (reader) =>
 *   reader.sequence((pair) => ({ number: pair.smallInteger(), octets: pair.octetString() })),
 * )
 * assert.deepEqual(fields, { number: 5, octets: fromHex('aa') })
 */
export class DerReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  #offset = 0
  #end: number
  #depth = 0
  readonly #maxElements: number
  #elementsLeft: number

  private constructor(bytes: Uint8Array, what: string, maxElements: number) {
    this.#bytes = bytes
    this.#what = what
    this.#end = bytes.length
    this.#maxElements = maxElements
    this.#elementsLeft = maxElements
  }

  /**
   * Reads everything `read` asks for, and insists that nothing is left over. `what` names the structure in errors.
   * @throws input_too_large, der_malformed, der_too_deep
   */
  static whole<T>(bytes: Uint8Array, what: string, read: (reader: DerReader) => T, limits: ReadLimits = {}): T {
    const limit = limits.maxBytes ?? DEFAULT_MAX_BYTES
    if (bytes.length > limit) fail('input_too_large', { what, limit })
    const reader = new DerReader(bytes, what, limits.maxElements ?? DEFAULT_MAX_ELEMENTS)
    const value = read(reader)
    if (reader.#offset !== reader.#end) reader.malformed()
    return value
  }

  /** Whether the present structure has nothing more. */
  get done(): boolean {
    return this.#offset === this.#end
  }

  /** The identifier octet that comes next, or undefined at the end. */
  get tag(): number | undefined {
    return this.#offset < this.#end ? this.#bytes[this.#offset] : undefined
  }

  /** Where the next element starts, counted from the start of the input. */
  get offset(): number {
    return this.#offset
  }

  /** The octet `distance` octets after the next identifier octet, if the present structure has it. */
  peek(distance: number): number | undefined {
    const at = this.#offset + distance
    return at < this.#end ? this.#bytes[at] : undefined
  }

  /** Passes over exactly these octets when they come next; tells whether they did. */
  takes(octets: Uint8Array): boolean {
    const start = this.#offset
    if (octets.length > this.#end - start) return false
    for (let i = 0; i < octets.length; i++) if (this.#bytes[start + i] !== octets[i]) return false
    this.#offset = start + octets.length
    return true
  }

  /** Content octets of the element that must come next. */
  content(tag: number): Uint8Array {
    const end = this.#header(tag)
    const content = this.#bytes.subarray(this.#offset, end)
    this.#offset = end
    return content
  }

  /** The whole next element, header included, whatever it is. Its inside is not looked at. */
  element(): Uint8Array {
    const start = this.#offset
    const tag = this.tag ?? this.malformed()
    if ((tag & 0x1f) === 0x1f) this.malformed() // PKIX has no tag above 30
    this.#offset = this.#header(tag)
    return this.#bytes.subarray(start, this.#offset)
  }

  /** Reads the inside of a constructed element. */
  constructed<T>(tag: number, read: (reader: DerReader) => T): T {
    const outer = this.enter(tag)
    const value = read(this)
    this.leave(outer)
    return value
  }

  /** The same for loops where a function would cost too much: enters, and returns what `leave` wants back. */
  enter(tag: number): number {
    const end = this.#header(tag)
    if (++this.#depth > MAX_DEPTH) fail('der_too_deep', { what: this.#what })
    const outer = this.#end
    this.#end = end
    return outer
  }

  /** Leaves what was entered last, which must be read to its end. */
  leave(outer: number): void {
    if (this.#offset !== this.#end) this.malformed()
    this.#end = outer
    this.#depth--
  }

  sequence<T>(read: (reader: DerReader) => T): T {
    return this.constructed(TAG.sequence, read)
  }

  /** An EXPLICIT `[number]`. */
  explicit<T>(number: number, read: (reader: DerReader) => T): T {
    return this.constructed(contextConstructed(number), read)
  }

  /** Calls `read` when the next element has this tag. An OPTIONAL field is never found by trying. */
  optional<T>(tag: number, read: (reader: DerReader) => T): T | undefined {
    return this.tag === tag ? read(this) : undefined
  }

  /** Reads until the present structure ends. */
  list<T>(read: (reader: DerReader) => T): T[] {
    const items: T[] = []
    while (this.#offset < this.#end) items.push(read(this))
    return items
  }

  /** SEQUENCE OF. */
  sequenceOf<T>(read: (reader: DerReader) => T): T[] {
    return this.constructed(TAG.sequence, (reader) => reader.list(read))
  }

  /** SET OF, which DER keeps in ascending order of the encodings (X.690 §11.6). */
  setOf<T>(read: (reader: DerReader) => T): T[] {
    const outer = this.enter(TAG.set)
    const items: T[] = []
    let before: Uint8Array | undefined
    while (this.#offset < this.#end) {
      const start = this.#offset
      items.push(read(this))
      // Nearly every set has one element, and then there is nothing to compare.
      if (before === undefined && this.#offset === this.#end) break
      const element = this.#bytes.subarray(start, this.#offset)
      if (before && compareBytes(before, element) > 0) this.malformed()
      before = element
    }
    this.leave(outer)
    return items
  }

  boolean(tag: number = TAG.boolean): boolean {
    const content = this.content(tag)
    // DER has exactly one true: X.690 §11.1
    if (content.length !== 1 || (content[0] !== 0x00 && content[0] !== 0xff)) this.malformed()
    return content[0] === 0xff
  }

  /** Content octets of an INTEGER: two's complement, shortest form (X.690 §8.3.2). */
  integerBytes(tag: number = TAG.integer): Uint8Array {
    const start = this.#integer(tag)
    return this.#bytes.subarray(start, this.#offset)
  }

  /** Checks an INTEGER without making a value of it. */
  skipInteger(): void {
    this.#integer(TAG.integer)
  }

  integer(tag: number = TAG.integer): bigint {
    const content = this.integerBytes(tag)
    if (content.length > MAX_INTEGER_BYTES) this.malformed()
    let value = content[0]! >= 0x80 ? -1n : 0n
    for (const octet of content) value = (value << 8n) | BigInt(octet)
    return value
  }

  /** An INTEGER between 0 and `max`. */
  smallInteger(max: number = Number.MAX_SAFE_INTEGER, tag: number = TAG.integer): number {
    const start = this.#integer(tag)
    const bytes = this.#bytes
    const end = this.#offset
    if (end - start > 8 || bytes[start]! >= 0x80) this.malformed()
    let value = 0
    for (let i = start; i < end; i++) value = value * 256 + bytes[i]!
    return value <= max ? value : this.malformed()
  }

  enumerated(): number {
    return this.smallInteger(0xff, TAG.enumerated)
  }

  oid(tag: number = TAG.oid): string {
    const end = this.#header(tag)
    const start = this.#offset
    this.#offset = end
    return decodeOid(this.#bytes, start, end)
  }

  null(): void {
    if (this.content(TAG.null).length !== 0) this.malformed()
  }

  octetString(tag: number = TAG.octetString): Uint8Array {
    return this.content(tag)
  }

  bitString(tag: number = TAG.bitString): BitString {
    const content = this.content(tag)
    const unusedBits = content[0] ?? this.malformed()
    const bytes = content.subarray(1)
    if (unusedBits > 7 || (bytes.length === 0 && unusedBits !== 0)) this.malformed()
    // Unused bits are zero in DER: X.690 §11.2.1
    if (bytes.length > 0 && (bytes[bytes.length - 1]! & ((1 << unusedBits) - 1)) !== 0) this.malformed()
    return { bytes, unusedBits }
  }

  /** A BIT STRING of whole octets, as keys and signatures are. */
  bitStringBytes(): Uint8Array {
    const { bytes, unusedBits } = this.bitString()
    return unusedBits === 0 ? bytes : this.malformed()
  }

  /** Numbers of the bits that are set in a BIT STRING of named bits, which DER ends with one (X.690 §11.2.2). */
  namedBits(tag: number = TAG.bitString): number[] {
    const { bytes, unusedBits } = this.bitString(tag)
    if (bytes.length > MAX_NAMED_BYTES) this.malformed()
    const length = bytes.length * 8 - unusedBits
    const bits: number[] = []
    for (let bit = 0; bit < length; bit++) if (bytes[bit >> 3]! & (0x80 >> (bit & 7))) bits.push(bit)
    return (bits.at(-1) ?? -1) === length - 1 ? bits : this.malformed()
  }

  /** UTCTime or GeneralizedTime. */
  time(): Date {
    return new Date(this.#time())
  }

  /** Checks a UTCTime or GeneralizedTime without making a value of it. */
  skipTime(): void {
    this.#time()
  }

  generalizedTime(tag: number = TAG.generalizedTime): Date {
    const end = this.#header(tag)
    const start = this.#offset
    this.#offset = end
    return new Date(generalizedTimeAt(this.#bytes, start, end))
  }

  /** Any character string, with the tag it was written under. */
  string(): { readonly tag: number; readonly text: string } {
    const tag = this.tag ?? this.malformed()
    const end = this.#header(tag)
    const start = this.#offset
    this.#offset = end
    return { tag, text: decodeStringAt(tag, this.#bytes, start, end) }
  }

  malformed(): never {
    return fail('der_malformed', { what: this.#what, offset: this.#offset })
  }

  /** Checks an INTEGER, passes over it, and returns where its content starts. */
  #integer(tag: number): number {
    const end = this.#header(tag)
    const start = this.#offset
    const bytes = this.#bytes
    if (end === start) this.malformed()
    const first = bytes[start]!
    // The first nine bits are neither all zero nor all one: X.690 §8.3.2.
    if (end - start > 1 && (first === 0x00 ? bytes[start + 1]! < 0x80 : first === 0xff && bytes[start + 1]! >= 0x80)) {
      this.malformed()
    }
    this.#offset = end
    return start
  }

  #time(): number {
    const utc = this.tag === TAG.utcTime
    const end = this.#header(utc ? TAG.utcTime : TAG.generalizedTime)
    const start = this.#offset
    this.#offset = end
    return utc ? utcTimeAt(this.#bytes, start, end) : generalizedTimeAt(this.#bytes, start, end)
  }

  /** Reads identifier and length; leaves the offset at the content and returns where it ends. */
  #header(tag: number): number {
    const bytes = this.#bytes
    let offset = this.#offset
    if (offset + 2 > this.#end || bytes[offset] !== tag) return this.malformed()
    let length = bytes[offset + 1]!
    offset += 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      // 0x80 is the indefinite form, and no input here may reach 2^32 bytes.
      if (octets === 0 || octets > 4 || offset + octets > this.#end) this.malformed()
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + bytes[offset + i]!
      if (length < 0x80 || length < 2 ** (8 * (octets - 1))) this.malformed() // not the shortest form: X.690 §10.1
      offset += octets
    }
    if (length > this.#end - offset) this.malformed()
    if (this.#elementsLeft-- === 0)
      fail('input_too_large', { what: `elements of ${this.#what}`, limit: this.#maxElements })
    this.#offset = offset
    return offset + length
  }
}

const DEFAULT_MAX_BYTES = 1024 * 1024
// A certificate of ten thousand names has thirty thousand.
const DEFAULT_MAX_ELEMENTS = 65_536
// PKIX structures nest to about 12 with a name inside a constraint inside an extension; twice that is an attack.
const MAX_DEPTH = 32
// An RSA modulus of 16384 bits and its sign octet.
const MAX_INTEGER_BYTES = 2049
// Lists of named bits end at the thirtieth (PKIFailureInfo of RFC 9810 has 27).
const MAX_NAMED_BYTES = 4
