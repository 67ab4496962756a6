import { boolean, DerReader, octetString, oid, sequence, TAG } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'

/** An extension as a certificate, request, CRL or OCSP message carries it. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** What the OCTET STRING holds: DER of the extension's own type. */
  readonly value: Uint8Array
}

/** How one extension is read and written. One file each; index.ts has the list. */
export interface ExtensionCodec<V> {
  readonly oid: string
  /** Criticality that the standard asks for when this value is written. */
  readonly critical: (value: V) => boolean
  /** Throws der_malformed and the errors of what is inside. */
  readonly parse: (der: Uint8Array) => V
  readonly write: (value: V) => Uint8Array
}

/** Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension. @throws extension_duplicate, der_malformed */
export function readExtensions(reader: DerReader): readonly Extension[] {
  const seen = new Set<string>()
  const extensions = reader.sequenceOf((item) =>
    item.sequence((fields) => {
      const dotted = fields.oid()
      // A certificate must not have two of one kind (RFC 5280 §4.2): two readers would pick different ones.
      if (seen.has(dotted)) fail('extension_duplicate', { oid: dotted })
      seen.add(dotted)
      const critical = fields.optional(TAG.boolean, (inner) => inner.boolean())
      if (critical === false) fields.malformed() // DEFAULT FALSE is left out in DER: X.690 §11.5
      return Object.freeze({ oid: dotted, critical: critical ?? false, value: fields.octetString() })
    }),
  )
  if (extensions.length === 0) reader.malformed()
  return Object.freeze(extensions)
}

/** The same from bytes that stand alone, as in a request's attribute. */
export const parseExtensions = (der: Uint8Array): readonly Extension[] =>
  DerReader.whole(der, 'Extensions', readExtensions)

/** @throws extension_duplicate */
export function writeExtensions(extensions: readonly Extension[]): Uint8Array {
  const seen = new Set<string>()
  return sequence(
    ...extensions.map((extension) => {
      if (seen.has(extension.oid)) fail('extension_duplicate', { oid: extension.oid })
      seen.add(extension.oid)
      const value = octetString(extension.value)
      return extension.critical
        ? sequence(oid(extension.oid), boolean(true), value)
        : sequence(oid(extension.oid), value)
    }),
  )
}
