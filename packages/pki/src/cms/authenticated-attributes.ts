// Attributes that a tag or code covers (RFC 5083 §2.1, RFC 5652 §9.2): a SET, authenticated as DER whatever form it
// came in.

import { contextConstructed, DerReader, oid } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { Attribute } from '../x509/index.ts'
import { readAttributes, singleValue } from './attributes/attribute.ts'
import { CONTENT_TYPE } from './attributes/oids.ts'
import { DATA } from './oids.ts'

/** Reads `[number] IMPLICIT SET OF Attribute`. @throws cms_malformed, der_malformed, input_too_large */
export const readAuthenticatedAttributes = (element: Uint8Array, number: number): readonly Attribute[] =>
  DerReader.whole(element, 'authAttrs', (reader) => readAttributes(reader, contextConstructed(number)))

/**
 * Other content than id-data must be named by an attribute (RFC 5083 §2.1), since nothing else protects its type; where
 * it is named, both say the same.
 */
export function checkContentType(contentType: string, attributes: readonly Attribute[] = []): void {
  const said = singleValue(attributes, CONTENT_TYPE)
  const right = said ? equal(said, oid(contentType)) : contentType === DATA
  if (!right) fail('cms_malformed', { what: 'content-type' })
}
