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

/**
 * Reads Extensions (RFC 5280 §4.1.2.9), the next element of a reader: one at least, none of a kind twice.
 * @throws extension_duplicate, der_malformed, input_too_large
 * @example
 * const der = writeExtensions([makeExtension('inhibitAnyPolicy', 0)])
 * assert.equal(DerReader.whole(der, 'Extensions', readExtensions).length, 1)
 */
export function readExtensions(reader: DerReader): readonly Extension[] {
  const outer = reader.enter(TAG.sequence)
  const extensions: Extension[] = []
  while (!reader.done) {
    const next = readExtension(reader)
    // A certificate must not have two of one kind (RFC 5280 §4.2): two readers would pick different ones.
    for (const { oid } of extensions) if (oid === next.oid) fail('extension_duplicate', { oid })
    if (extensions.push(next) > MOST_EXTENSIONS) fail('input_too_large', { what: 'Extensions', limit: MOST_EXTENSIONS })
  }
  reader.leave(outer)
  if (extensions.length === 0) reader.malformed()
  return Object.freeze(extensions)
}

function readExtension(reader: DerReader): Extension {
  const outer = reader.enter(TAG.sequence)
  const dotted = reader.oid()
  const critical = reader.tag === TAG.boolean ? reader.boolean() : undefined
  if (critical === false) reader.malformed() // DEFAULT FALSE is left out in DER: X.690 §11.5
  const value = reader.octetString()
  reader.leave(outer)
  return Object.freeze({ oid: dotted, critical: critical ?? false, value })
}

/**
 * Reads Extensions that stand alone, as in the attribute of a request (RFC 5280 §4.1.2.9).
 * @throws extension_duplicate, der_malformed, input_too_large
 * @example
 * const der = writeExtensions([makeExtension('keyUsage', ['cRLSign'])])
 * assert.equal(parseExtensions(der)[0]?.critical, true)
 */
export const parseExtensions = (der: Uint8Array): readonly Extension[] =>
  DerReader.whole(der, 'Extensions', readExtensions)

/**
 * Extensions, DER, in the order given.
 * @throws extension_duplicate
 * @example
 * const twice = [makeExtension('inhibitAnyPolicy', 0), makeExtension('inhibitAnyPolicy', 1)]
 * assert.throws(() => writeExtensions(twice), (error) => hasCode(error, 'extension_duplicate'))
 */
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

// Each is compared with those before it. Certificates in use have about a dozen.
const MOST_EXTENSIONS = 1_000
