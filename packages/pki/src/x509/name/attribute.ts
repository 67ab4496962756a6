// Attribute (RFC 5280 appendix A.1): a type and a set of values, in requests and in subjectDirectoryAttributes.

import type { DerReader } from '../../asn1/index.ts'
import { checkDer, oid, sequence, setOf } from '../../asn1/index.ts'

/** A type and the values it has here. */
export interface Attribute {
  readonly oid: string
  /** Elements of the SET, DER each. */
  readonly values: readonly Uint8Array[]
}

/** At least one value, each of them well-formed DER. @throws der_malformed, der_too_deep */
export function readAttribute(reader: DerReader): Attribute {
  return reader.sequence((fields) => {
    const dotted = fields.oid()
    const values = fields.setOf((one) => one.element())
    if (values.length === 0) fields.malformed()
    for (const value of values) checkDer(value, 'attribute')
    return Object.freeze({ oid: dotted, values: Object.freeze(values) })
  })
}

export const writeAttribute = ({ oid: dotted, values }: Attribute): Uint8Array => sequence(oid(dotted), setOf(values))
