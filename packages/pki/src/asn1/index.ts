export { derOfBer } from './ber.ts'
export { END_OF_CONTENTS, indefiniteStart, octetPieces } from './ber-pieces.ts'
export type { ByteSource } from './ber-stream.ts'
export { BerStream } from './ber-stream.ts'
export { decodeOid, encodeOid } from './oid.ts'
export type { BitString, ReadLimits } from './reader.ts'
export { DerReader } from './reader.ts'
export type { StringType } from './strings.ts'
export { decodeString, decodeStringAt, encodeString, isPrintable, stringTag, stringTypeOf } from './strings.ts'
export { contextConstructed, contextPrimitive, TAG } from './tag.ts'
export { parseGeneralizedTime, parseUtcTime, timeForm } from './time.ts'
export { checkDer } from './walk.ts'
export {
  appendHeader,
  bitString,
  boolean,
  contentOf,
  contentStart,
  element,
  elementLength,
  enumerated,
  explicit,
  generalizedTime,
  headerOf,
  implicit,
  implicitConstructed,
  integer,
  namedBits,
  namedBitsContent,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  string,
  time,
  unsignedInteger,
} from './writer.ts'
