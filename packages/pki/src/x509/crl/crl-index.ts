// Finds entries by serial number: two arrays of numbers instead of a million objects. Entries are sorted into buckets
// by a hash. Serials that were chosen to collide make a bucket long, and a search then as slow as without an index,
// but building it takes the same time for every list.

import { contentOf, integer } from '../../asn1/index.ts'

export class CrlIndex {
  readonly #list: Uint8Array
  readonly #starts: Uint32Array
  readonly #mask: number
  /** Bucket b has the positions from #ends[b - 1] to #ends[b]. */
  readonly #ends: Uint32Array
  readonly #positions: Uint32Array

  /** `starts` is where the entries lie in `list`; both come out of `scanEntries`. */
  constructor(list: Uint8Array, starts: Uint32Array) {
    const buckets = 2 ** Math.ceil(Math.log2(Math.max(starts.length, 1)))
    this.#list = list
    this.#starts = starts
    this.#mask = buckets - 1
    this.#ends = new Uint32Array(buckets)
    this.#positions = new Uint32Array(starts.length)
    const hashes = new Uint32Array(starts.length)
    for (let i = 0; i < starts.length; i++) {
      const serial = contentAt(list, starts[i]!)
      const bucket = hash(list, contentAt(list, serial), lengthAt(list, serial)) & this.#mask
      hashes[i] = bucket
      this.#ends[bucket]!++
    }
    let sum = 0
    for (let b = 0; b < buckets; b++) {
      const size = this.#ends[b]!
      this.#ends[b] = sum
      sum += size
    }
    // Filling moves each bucket's start to its end.
    for (let i = 0; i < starts.length; i++) this.#positions[this.#ends[hashes[i]!]!++] = i
  }

  /** Positions of the entries with this serial number, in their order. */
  *positions(serial: Uint8Array): Iterable<number> {
    const wanted = contentOf(integer(serial)) // shortest form, as the list has it
    const bucket = hash(wanted, 0, wanted.length) & this.#mask
    for (let i = this.#ends[bucket - 1] ?? 0; i < this.#ends[bucket]!; i++) {
      if (this.#has(this.#starts[this.#positions[i]!]!, wanted)) yield this.#positions[i]!
    }
  }

  #has(start: number, wanted: Uint8Array): boolean {
    const serial = contentAt(this.#list, start)
    if (lengthAt(this.#list, serial) !== wanted.length) return false
    const content = contentAt(this.#list, serial)
    for (let i = 0; i < wanted.length; i++) if (this.#list[content + i] !== wanted[i]) return false
    return true
  }
}

// Both are about an element at `at` whose header was checked before.

function contentAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1]!
  return at + (first < 0x80 ? 2 : 2 + (first & 0x7f))
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1]!
  if (first < 0x80) return first
  let length = 0
  for (let i = at + 2; i < at + 2 + (first & 0x7f); i++) length = length * 256 + bytes[i]!
  return length
}

/** FNV-1a with a last step that carries high bits down, where the mask looks. */
function hash(bytes: Uint8Array, start: number, length: number): number {
  let state = 0x811c9dc5
  for (let i = start; i < start + length; i++) state = Math.imul(state ^ bytes[i]!, 0x01000193)
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
  return (state ^ (state >>> 13)) >>> 0
}
