// A strict DER reader (X.690 §10–11). It never guesses: the caller says which type comes next, lengths are in
// their shortest form, nothing is left over, nothing is allocated before its bytes are known to exist, and
// nesting is bounded. Values are views over the input, so what was signed stays byte for byte.

import { fail } from '../errors/index.ts'
import { decodeOid } from './oid.ts'
import { decodeString } from './strings.ts'
import { contextConstructed, TAG } from './tag.ts'
import { parseGeneralizedTime, parseUtcTime } from './time.ts'

/** A BIT STRING: the last octet of `bytes` has `unusedBits` (0 to 7) bits that carry nothing. */
export interface BitString {
  readonly bytes: Uint8Array
  readonly unusedBits: number
}

export interface ReadLimits {
  /** Longest input in bytes. @default 1 MiB */
  readonly maxBytes?: number
}

export class DerReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  #offset = 0
  #end: number
  #depth = 0

  private constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.#what = what
    this.#end = bytes.length
  }

  /**
   * Reads everything `read` asks for, and insists that nothing is left over. `what` names the structure in errors.
   * @throws input_too_large, der_malformed, der_too_deep
   */
  static whole<T>(bytes: Uint8Array, what: string, read: (reader: DerReader) => T, limits: ReadLimits = {}): T {
    const limit = limits.maxBytes ?? DEFAULT_MAX_BYTES
    if (bytes.length > limit) fail('input_too_large', { what, limit })
    const reader = new DerReader(bytes, what)
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

  /** Enters a constructed element. */
  constructed<T>(tag: number, read: (reader: DerReader) => T): T {
    const end = this.#header(tag)
    const outer = this.#end
    if (++this.#depth > MAX_DEPTH) fail('der_too_deep', { what: this.#what })
    this.#end = end
    const value = read(this)
    if (this.#offset !== end) this.malformed()
    this.#end = outer
    this.#depth--
    return value
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

  boolean(tag: number = TAG.boolean): boolean {
    const content = this.content(tag)
    // DER has exactly one true: X.690 §11.1
    if (content.length !== 1 || (content[0] !== 0x00 && content[0] !== 0xff)) this.malformed()
    return content[0] === 0xff
  }

  /** Content octets of an INTEGER: two's complement, shortest form (X.690 §8.3.2). */
  integerBytes(tag: number = TAG.integer): Uint8Array {
    const content = this.content(tag)
    const [first, second] = content
    if (first === undefined) return this.malformed()
    if (second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      this.malformed()
    }
    return content
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
    const content = this.integerBytes(tag)
    if (content.length > 8 || content[0]! >= 0x80) this.malformed()
    let value = 0
    for (const octet of content) value = value * 256 + octet
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

  /** UTCTime or GeneralizedTime. */
  time(): Date {
    if (this.tag === TAG.utcTime) return parseUtcTime(this.content(TAG.utcTime))
    return parseGeneralizedTime(this.content(TAG.generalizedTime))
  }

  generalizedTime(tag: number = TAG.generalizedTime): Date {
    return parseGeneralizedTime(this.content(tag))
  }

  /** Any character string, with the tag it was written under. */
  string(): { readonly tag: number; readonly text: string } {
    const tag = this.tag ?? this.malformed()
    return { tag, text: decodeString(tag, this.content(tag)) }
  }

  malformed(): never {
    return fail('der_malformed', { what: this.#what, offset: this.#offset })
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
    this.#offset = offset
    return offset + length
  }
}

const DEFAULT_MAX_BYTES = 1024 * 1024
// PKIX structures nest to about 12 with a name inside a constraint inside an extension; twice that is an attack.
const MAX_DEPTH = 32
// An RSA modulus of 16384 bits and its sign octet.
const MAX_INTEGER_BYTES = 2049
