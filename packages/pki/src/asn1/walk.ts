// Walks DER of which no schema is known, such as the value of a foreign attribute that is kept as bytes.

import { DerReader } from './reader.ts'
import { compareBytes } from './sorted.ts'
import { TAG } from './tag.ts'

/**
 * Checks that `der` is one well-formed DER element down to its leaves: shortest lengths, and universal types in the
 * only form that X.690 §10–11 leaves them. Works with a list instead of recursion, so depth costs a counter and not
 * the stack. `what` names the structure in errors.
 * @throws der_malformed, der_too_deep, oid_malformed, input_too_large
 * @example
 * checkDer(fromHex('3003020105'), 'attribute')
 * assert.throws(() => checkDer(fromHex('300402020005'), 'attribute'), { code: 'der_malformed' }) // two octets for 5
 */
export function checkDer(der: Uint8Array, what: string): void {
  DerReader.whole(der, what, (reader) => walk(reader, der), { maxBytes: der.length })
}

interface Open {
  readonly start: number
  /** What the reader wants back when this structure is left. */
  readonly outer: number
  readonly isSet: boolean
  /** The element before, in a SET. */
  before?: Uint8Array
}

function walk(reader: DerReader, der: Uint8Array): void {
  const open: Open[] = []
  do {
    const tag = reader.tag ?? reader.malformed()
    const start = reader.offset
    if ((tag & HIGH_NUMBER) === HIGH_NUMBER) reader.malformed() // PKIX has no tag above 30
    if (tag & CONSTRUCTED) {
      // A string in pieces is BER; of the universal types only these have parts in DER.
      if (tag < CONTEXT && !STRUCTURES.has(tag)) reader.malformed()
      open.push({ start, outer: reader.enter(tag), isSet: tag === TAG.set })
    } else {
      readLeaf(reader, tag)
      noteEnd(reader, der, start, open.at(-1))
    }
    while (open.length > 0 && reader.done) {
      const closed = open.pop()!
      reader.leave(closed.outer)
      noteEnd(reader, der, closed.start, open.at(-1))
    }
  } while (open.length > 0)
}

/** The element from `start` to here ended inside `parent`: those of a SET OF are in ascending order (X.690 §11.6). */
function noteEnd(reader: DerReader, der: Uint8Array, start: number, parent: Open | undefined): void {
  if (!parent?.isSet) return
  const element = der.subarray(start, reader.offset)
  // Elements of several tags are those of a SET, which are sorted by another rule that needs the schema.
  if (parent.before?.[0] === element[0] && compareBytes(parent.before!, element) > 0) reader.malformed()
  parent.before = element
}

function readLeaf(reader: DerReader, tag: number): void {
  switch (tag) {
    case TAG.boolean:
      reader.boolean()
      return
    case TAG.integer:
    case TAG.enumerated:
      reader.integerBytes(tag)
      return
    case TAG.bitString:
      reader.bitString()
      return
    case TAG.null:
      reader.null()
      return
    case TAG.oid:
      reader.oid()
      return
    case END_OF_CONTENTS:
    case TAG.sequence & ~CONSTRUCTED:
    case TAG.set & ~CONSTRUCTED:
      reader.malformed()
  }
  reader.content(tag)
}

const HIGH_NUMBER = 0x1f
const CONSTRUCTED = 0x20
const CONTEXT = 0x40
const END_OF_CONTENTS = 0x00
const EXTERNAL = 0x28
const EMBEDDED_PDV = 0x2b
const STRUCTURES: ReadonlySet<number> = new Set([TAG.sequence, TAG.set, EXTERNAL, EMBEDDED_PDV])
