// Attributes of a signature (RFC 5652 §5.3). They are read in any order: what encloses them may be BER, and what is hashed
// is written again as DER.

import type { DerReader } from '../../asn1/index.ts'
import { oid, sequence, setOf, TAG } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { Attribute } from '../../x509/index.ts'

/** The SET OF that must come next, under `tag`, one at least. @throws cms_malformed, input_too_large */
export function readAttributes(reader: DerReader, tag: number): readonly Attribute[] {
  const attributes = readAnyAttributes(reader, tag)
  // "MUST be at least one": the field is left out otherwise (RFC 5652 §5.3).
  return attributes.length > 0 ? attributes : fail('cms_malformed', { what: 'attributes' })
}

/** The same, or none: what nobody signed. @throws cms_malformed, input_too_large */
export function readAnyAttributes(reader: DerReader, tag: number): readonly Attribute[] {
  const attributes = reader.constructed(tag, (set) => set.list(readAttribute))
  if (attributes.length > MOST_ATTRIBUTES) fail('input_too_large', { what: 'attributes', limit: MOST_ATTRIBUTES })
  return Object.freeze(attributes)
}

/** An attribute whose value is in DER already. */
export const attribute = (dotted: string, value: Uint8Array): Attribute =>
  Object.freeze({ oid: dotted, values: Object.freeze([value]) })

/** SET OF in DER, tag 31: the form that is hashed (RFC 5652 §5.4). */
export const attributeSet = (attributes: readonly Attribute[]): Uint8Array =>
  setOf(attributes.map((one) => sequence(oid(one.oid), setOf(one.values))))

/**
 * The only value of the only attribute of a type, undefined when there is none. A second one could be meant for another
 * reader.
 * @throws cms_malformed
 */
export function singleValue(attributes: readonly Attribute[], dotted: string): Uint8Array | undefined {
  const found = attributes.filter((one) => one.oid === dotted)
  if (found.length === 0) return undefined
  if (found.length > 1 || found[0]!.values.length !== 1) fail('cms_malformed', { what: `attribute ${dotted}` })
  return found[0]!.values[0]
}

/** All values of all attributes of a type. */
export const allValues = (attributes: readonly Attribute[], dotted: string): readonly Uint8Array[] =>
  attributes.flatMap((one) => (one.oid === dotted ? one.values : []))

const readAttribute = (reader: DerReader): Attribute =>
  reader.sequence((fields) => {
    const dotted = fields.oid()
    const values = fields.constructed(TAG.set, (set) => set.list((one) => one.element()))
    return Object.freeze({ oid: dotted, values: Object.freeze(values) })
  })

const MOST_ATTRIBUTES = 256
