// Extensions under an IMPLICIT tag: the same content behind another identifier octet.

import type { DerReader } from '../asn1/index.ts'
import { contextConstructed, TAG } from '../asn1/index.ts'
import type { Extension } from '../x509/index.ts'
import { parseExtensions, writeExtensions } from '../x509/index.ts'

/** Empty when there are none. @throws extension_duplicate, der_malformed */
export function readTaggedExtensions(fields: DerReader, number: number): readonly Extension[] {
  if (fields.tag !== contextConstructed(number)) return Object.freeze([])
  return parseExtensions(retagged(fields.element(), TAG.sequence))
}

/** Nothing when there are none: the field is OPTIONAL. @throws extension_duplicate */
export const writeTaggedExtensions = (extensions: readonly Extension[], number: number): Uint8Array[] =>
  extensions.length === 0 ? [] : [retagged(writeExtensions(extensions), contextConstructed(number))]

function retagged(der: Uint8Array, tag: number): Uint8Array {
  const copy = new Uint8Array(der)
  copy[0] = tag
  return copy
}
