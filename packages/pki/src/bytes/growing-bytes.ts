import { fail } from '../errors/index.ts'

/**
 * A byte string that is written from front to back and doubles when it is full: for output of many small parts, where
 * one array per part would cost more than the parts.
 * @example
 * const out = new GrowingBytes('a list', 1_000)
 * out.push(0x30)
 * out.append(fromHex('03020105'))
 * assert.equal(toHex(out.view()), '3003020105')
 */
export class GrowingBytes {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0
  readonly #limit: number
  readonly #what: string

  /** `what` and `limit` (bytes) are for the error that ends a writer which never stops. */
  constructor(what: string, limit: number, capacity = 1024) {
    this.#what = what
    this.#limit = limit
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** @throws input_too_large */
  push(octet: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = octet
  }

  /** @throws input_too_large */
  append(part: Uint8Array): void {
    if (part.length > this.#bytes.length - this.#length) this.#grow(part.length)
    const start = this.#length
    // Most parts are a few octets, for which a loop beats the call.
    if (part.length > 32) this.#bytes.set(part, start)
    else for (let i = 0; i < part.length; i++) this.#bytes[start + i] = part[i]!
    this.#length = start + part.length
  }

  /** Writes over octets that are there already, such as room left for a header. */
  overwrite(at: number, part: Uint8Array): void {
    if (at + part.length > this.#length) throw new RangeError('outside of what was written')
    this.#bytes.set(part, at)
  }

  /** A view of what was written from `start` on; it no longer changes once nothing more is written. */
  view(start = 0): Uint8Array {
    return this.#bytes.subarray(start, this.#length)
  }

  #grow(by: number): void {
    const wanted = this.#length + by
    if (wanted > this.#limit) fail('input_too_large', { what: this.#what, limit: this.#limit })
    const larger = new Uint8Array(Math.max(wanted, Math.min(this.#bytes.length * 2, this.#limit)))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
