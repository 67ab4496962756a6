// BER written while it comes: structures of indefinite length, and an OCTET STRING in pieces (X.690 §8.1.3.6, §8.7.3).

import type { ByteSource } from './ber-stream.ts'
import { TAG } from './tag.ts'
import { headerOf } from './writer.ts'

/**
 * The header of a constructed element of indefinite length; {@link END_OF_CONTENTS} ends it.
 * @example
 * const der = derOfBer(concat(indefiniteStart(TAG.sequence), integer(5), END_OF_CONTENTS), 'a pair')
 * assert.equal(toHex(der), '3003020105')
 */
export const indefiniteStart = (tag: number): Uint8Array => Uint8Array.of(tag, 0x80)

/** Ends an element of indefinite length. It is shared: nobody may write into it. */
export const END_OF_CONTENTS: Uint8Array = new Uint8Array(2)

/**
 * Primitive OCTET STRINGs over the octets of `source`, to stand between `indefiniteStart(0x24)` and the end. Parts that
 * are large already pass as they are, behind their header; smaller ones are gathered up to `size`.
 * @example
 * const parts = []
 * for await (const part of octetPieces((async function* () { yield fromHex('aa'); yield fromHex('bb') })())) parts.push(part)
 * assert.equal(toHex(concat(...parts)), '0402aabb')
 */
export async function* octetPieces(
  source: ByteSource,
  size: number = PIECE,
): AsyncGenerator<Uint8Array, void, undefined> {
  let gathered = new Uint8Array(0)
  let held = 0
  for await (const part of source) {
    if (part.length === 0) continue
    if (held > 0 && held + part.length > size) {
      yield* piece(gathered.subarray(0, held))
      held = 0
      gathered = new Uint8Array(0)
    }
    if (held === 0 && part.length >= size / 4) {
      yield* piece(part)
      continue
    }
    // Whoever reads may keep what it was given, so each piece has memory of its own.
    if (held === 0) gathered = new Uint8Array(size)
    gathered.set(part, held)
    held += part.length
  }
  if (held > 0) yield* piece(gathered.subarray(0, held))
}

function* piece(octets: Uint8Array): Generator<Uint8Array, void, undefined> {
  yield headerOf(TAG.octetString, octets.length)
  yield octets
}

const PIECE = 256 * 1024
