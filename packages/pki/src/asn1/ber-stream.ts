// BER read while it arrives, for CMS content of any size: structures are entered and left, small elements are read whole,
// and the content of an OCTET STRING — in one piece or many, of definite or indefinite length — is handed on as it comes.

import { concat } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import { derOfBer } from './ber.ts'
import { TAG } from './tag.ts'

/**
 * Octets in order, in parts of any length. A ReadableStream is one, and so is a Node stream of octets. A part holds until
 * the next one is asked for: whoever needs it longer copies it, so that the source may use the same memory again.
 */
export type ByteSource = AsyncIterable<Uint8Array>

/**
 * A reader of BER that arrives. Structures are entered and left, small elements are read whole, content passes through.
 * Every method throws der_malformed, and der_too_deep where it goes down.
 * @example
 * async function* arriving(): ByteSource { yield fromHex('30800201'); yield fromHex('0124800402aabb0401cc00000000') }
 * const ber = new BerStream(arriving(), 'a letter')
 * await ber.enter(TAG.sequence)
 * assert.equal(toHex(await ber.element(10)), '020101')
 * const parts: string[] = []
 * for await (const part of ber.octets()) parts.push(toHex(part))
 * await ber.leave()
 * assert.equal(parts.join(''), 'aabbcc')
 */
export class BerStream {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #what: string
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0
  /** Octets before #chunk. */
  #before = 0
  #ended = false
  /** Where each structure entered ends, as an offset in the whole; undefined for the indefinite form. */
  readonly #ends: (number | undefined)[] = []

  /** `what` names the structure in errors. */
  constructor(source: ByteSource, what: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.#what = what
  }

  /** Octets read so far. */
  get offset(): number {
    return this.#before + this.#at
  }

  /** Identifier octet of the next element, undefined at the end of the present structure, or of everything. */
  async peek(): Promise<number | undefined> {
    const end = this.#ends.at(-1)
    if (end !== undefined && this.offset >= end) return undefined
    if (!(await this.#have(1))) return this.#ends.length === 0 ? undefined : this.malformed()
    const tag = this.#chunk[this.#at]!
    // Two zero octets end the indefinite form; nothing else begins with a zero octet.
    if (tag === 0 && this.#ends.length > 0 && end === undefined) return undefined
    return tag
  }

  /** Enters the constructed element that must come next. */
  async enter(tag: number): Promise<void> {
    const length = await this.#header(tag)
    if (this.#ends.length >= MAX_DEPTH) fail('der_too_deep', { what: this.#what })
    this.#ends.push(length === undefined ? undefined : this.offset + length)
  }

  /** Leaves the structure entered last, which must have nothing more. */
  async leave(): Promise<void> {
    if ((await this.peek()) !== undefined) this.malformed()
    if (this.#ends.pop() !== undefined) return
    const [first, second] = await this.#take(2)
    if (first !== 0 || second !== 0) this.malformed()
  }

  /** The whole next element as DER, for everything that is not content. @throws input_too_large */
  async element(limit: number): Promise<Uint8Array> {
    return derOfBer(await this.verbatim(limit), this.#what)
  }

  /** The whole next element octet for octet, for what somebody signed as it is. @throws input_too_large */
  async verbatim(limit: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    await this.#collect(parts, { left: limit, limit }, 0)
    return concat(parts)
  }

  /**
   * The content of the OCTET STRING that must come next, in parts; `tag` is its identifier octet in the primitive form,
   * `0x80` for `[0] IMPLICIT`. The parts are views that hold until the next one is asked for.
   */
  async *octets(tag: number = TAG.octetString): AsyncGenerator<Uint8Array, void, undefined> {
    const next = await this.peek()
    if (next === tag) {
      const length = await this.#header(tag)
      yield* this.#through(length ?? this.malformed())
      return
    }
    await this.enter(tag | CONSTRUCTED)
    const base = this.#ends.length
    const small = new Uint8Array(GATHER)
    let held = 0
    for (;;) {
      const piece = await this.peek()
      if (piece === undefined) {
        await this.leave()
        if (this.#ends.length < base) break
        continue
      }
      if (piece === (TAG.octetString | CONSTRUCTED)) {
        await this.enter(piece)
        continue
      }
      const length = (await this.#header(TAG.octetString)) ?? this.malformed()
      // OpenSSL writes a kibibyte at a time, and a part for each would cost more than the cipher.
      if (length <= GATHER - held && length < GATHER / 4) {
        await this.#into(small, held, length)
        held += length
        continue
      }
      if (held > 0) yield small.subarray(0, held)
      held = 0
      if (length < GATHER / 4) {
        await this.#into(small, 0, length)
        held = length
      } else {
        yield* this.#through(length)
      }
    }
    if (held > 0) yield small.subarray(0, held)
  }

  /** Nothing may follow. */
  async end(): Promise<void> {
    if (this.#ends.length > 0 || (await this.#have(1))) this.malformed()
  }

  /** Tells the source that nothing more is asked for, so that it can let go of its file. */
  async close(): Promise<void> {
    this.#ended = true
    await this.#source.return?.()
  }

  malformed(): never {
    return fail('der_malformed', { what: this.#what, offset: this.offset })
  }

  /** `length` octets in parts, as they lie in what arrived. */
  async *#through(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    this.#fits(length)
    let left = length
    while (left > 0) {
      if (!(await this.#have(1))) this.malformed()
      const part = this.#chunk.subarray(this.#at, Math.min(this.#chunk.length, this.#at + left))
      this.#at += part.length
      left -= part.length
      yield part
    }
  }

  async #into(target: Uint8Array, offset: number, length: number): Promise<void> {
    this.#fits(length)
    let filled = 0
    while (filled < length) {
      if (this.#at === this.#chunk.length && !(await this.#have(1))) this.malformed()
      const part = this.#chunk.subarray(this.#at, Math.min(this.#chunk.length, this.#at + length - filled))
      target.set(part, offset + filled)
      this.#at += part.length
      filled += part.length
    }
  }

  /** An element and all that is in it, octet for octet; the depth is bounded before each step down. */
  async #collect(parts: Uint8Array[], budget: { left: number; limit: number }, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) fail('der_too_deep', { what: this.#what })
    const tag = (await this.peek()) ?? this.malformed()
    const start = this.offset
    const header = await this.#headerBytes(tag)
    parts.push(header.bytes)
    const spend = (octets: number): void => {
      budget.left -= octets
      if (budget.left < 0) fail('input_too_large', { what: this.#what, limit: budget.limit })
    }
    spend(this.offset - start)
    if (header.length !== undefined) {
      spend(header.length)
      this.#fits(header.length)
      parts.push((await this.#take(header.length)).slice())
      return
    }
    this.#ends.push(undefined)
    while ((await this.peek()) !== undefined) await this.#collect(parts, budget, depth + 1)
    await this.leave()
    spend(2)
    parts.push(new Uint8Array(2))
  }

  async #header(tag: number): Promise<number | undefined> {
    if ((await this.peek()) !== tag) this.malformed()
    return (await this.#headerBytes(tag)).length
  }

  /** The header, and the length it says; undefined for the indefinite form. */
  async #headerBytes(tag: number): Promise<{ bytes: Uint8Array; length: number | undefined }> {
    if ((tag & 0x1f) === 0x1f) this.malformed()
    const [, first] = await this.#view(2)
    if (first! < 0x80) return this.#said(2, first)
    if (first === 0x80) return tag & CONSTRUCTED ? this.#said(2, undefined) : this.malformed()
    const octets = first! & 0x7f
    if (octets > LONGEST_LENGTH) this.malformed()
    const view = await this.#view(2 + octets)
    let length = 0
    for (const octet of view.subarray(2)) length = length * 256 + octet
    return Number.isSafeInteger(length) ? this.#said(2 + octets, length) : this.malformed()
  }

  #said(octets: number, length: number | undefined): { bytes: Uint8Array; length: number | undefined } {
    const bytes = this.#chunk.slice(this.#at, this.#at + octets)
    this.#at += octets
    if (length !== undefined) this.#fits(length)
    return { bytes, length }
  }

  /** A length may not reach beyond the structure it stands in: found out before anything is read or kept. */
  #fits(length: number): void {
    for (let i = this.#ends.length - 1; i >= 0; i--) {
      const end = this.#ends[i]
      if (end === undefined) continue
      if (this.offset + length > end) this.malformed()
      return
    }
  }

  async #take(length: number): Promise<Uint8Array> {
    const view = await this.#view(length)
    this.#at += length
    return view
  }

  /** The next octets in one view, without passing them. */
  async #view(length: number): Promise<Uint8Array> {
    if (!(await this.#have(length))) this.malformed()
    return this.#chunk.subarray(this.#at, this.#at + length)
  }

  /** Whether so many octets are there; asks for more when they are not. */
  async #have(length: number): Promise<boolean> {
    if (this.#chunk.length - this.#at >= length) return true
    const parts: Uint8Array[] = [this.#chunk.slice(this.#at)]
    let there = parts[0]!.length
    this.#before += this.#at
    while (there < length && !this.#ended) {
      const { done, value } = await this.#source.next()
      if (done) {
        this.#ended = true
      } else if (value.length > 0) {
        there += value.length
        // It holds until the next one is asked for. slice() of a Node Buffer copies nothing, so this has no Buffers.
        const part = new Uint8Array(value.buffer, value.byteOffset, value.length)
        parts.push(there < length ? part.slice() : part)
      }
    }
    this.#chunk = parts.length === 2 && parts[0]!.length === 0 ? parts[1]! : concat(parts)
    this.#at = 0
    return there >= length
  }
}

const CONSTRUCTED = 0x20
const MAX_DEPTH = 32
// Six octets count to 2^48, more than any file holds.
const LONGEST_LENGTH = 6
const GATHER = 256 * 1024
