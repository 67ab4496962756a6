import { appendHeader, boolean, DerReader, elementLength, oid, TAG } from '../../asn1/index.ts'
import { GrowingBytes } from '../../bytes/index.ts'
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
  const length = extensions.reduce((sum, one) => sum + elementLength(contentLength(one)), 0)
  const whole = elementLength(length)
  // Straight into one array: every certificate has a dozen of these, four elements deep.
  const out = new GrowingBytes('Extensions', whole, whole)
  appendHeader(out, TAG.sequence, length)
  for (const [index, extension] of extensions.entries()) {
    const { oid: dotted } = extension
    for (let i = 0; i < index; i++) if (extensions[i]!.oid === dotted) fail('extension_duplicate', { oid: dotted })
    appendHeader(out, TAG.sequence, contentLength(extension))
    out.append(oid(dotted))
    if (extension.critical) out.append(TRUE)
    appendHeader(out, TAG.octetString, extension.value.length)
    out.append(extension.value)
  }
  return out.view()
}

const contentLength = ({ oid: dotted, critical, value }: Extension): number =>
  oid(dotted).length + (critical ? TRUE.length : 0) + elementLength(value.length)

const TRUE = boolean(true)
// Each is compared with those before it. Certificates in use have about a dozen.
const MOST_EXTENSIONS = 1_000
