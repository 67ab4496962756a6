// The extensions of OCSP messages (RFC 6960 §4.4) in a written list. A new one is one codec, one line in each table, one
// row of values in the test.

import {
  contextConstructed,
  DerReader,
  explicit,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  string,
  TAG,
} from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { AccessDescription, Extension, ExtensionCodec, Name, SignedCertificateTimestamp } from '../x509/index.ts'
import { EXTENSIONS, parseName, readExtensions, timestampList, writeExtensions } from '../x509/index.ts'

/** Where a revoked certificate was found (§4.4.2). */
export interface CrlReference {
  readonly url?: string
  readonly number?: bigint
  readonly time?: Date
}

/** Where a request should be sent on to (§4.4.6). */
export interface ServiceLocator {
  readonly issuer: Name
  readonly locations: readonly AccessDescription[]
}

/** The value that each extension of OCSP holds. */
export interface OcspExtensionValues {
  /** Response types that a client understands, dotted (§4.4.3). */
  acceptableResponses: readonly string[]
  /** Of one answer: since when expired certificates are remembered (§4.4.4). */
  archiveCutoff: Date
  crlReference: CrlReference
  /** `revoked` may also mean: never issued (§4.4.8). */
  extendedRevoke: true
  /** 1 to 128 octets (RFC 9654). */
  nonce: Uint8Array
  serviceLocator: ServiceLocator
  /** Of one answer: transparency of its certificate (RFC 6962 §3.3). */
  signedCertificateTimestamps: readonly SignedCertificateTimestamp[]
}

/** The extensions that are read and written with typed values. */
export type OcspExtensionName = keyof OcspExtensionValues

const acceptableResponses: ExtensionCodec<readonly string[]> = {
  oid: '1.3.6.1.5.5.7.48.1.4',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'acceptableResponses', (reader) => Object.freeze(reader.sequenceOf((one) => one.oid()))),
  write: (types) => sequence(...types.map(oid)),
}

const archiveCutoff: ExtensionCodec<Date> = {
  oid: '1.3.6.1.5.5.7.48.1.6',
  critical: () => false,
  parse: (der) => DerReader.whole(der, 'archiveCutoff', (reader) => reader.generalizedTime()),
  write: (date) => generalizedTime(date),
}

const crlReference: ExtensionCodec<CrlReference> = {
  oid: '1.3.6.1.5.5.7.48.1.3',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'crlReference', (reader) =>
      reader.sequence((fields) => {
        const url = tagged(fields, 0, (inner) =>
          inner.tag === TAG.ia5String ? inner.string().text : inner.malformed(),
        )
        const number = tagged(fields, 1, (inner) => inner.integer())
        const time = tagged(fields, 2, (inner) => inner.generalizedTime())
        return Object.freeze({
          ...(url === undefined ? {} : { url }),
          ...(number === undefined ? {} : { number }),
          ...(time === undefined ? {} : { time }),
        })
      }),
    ),
  write: ({ url, number, time }) =>
    sequence(
      ...(url === undefined ? [] : [explicit(0, string('IA5String', url))]),
      ...(number === undefined ? [] : [explicit(1, integer(number))]),
      ...(time === undefined ? [] : [explicit(2, generalizedTime(time))]),
    ),
}

const extendedRevoke: ExtensionCodec<true> = {
  oid: '1.3.6.1.5.5.7.48.1.9',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'extendedRevoke', (reader) => {
      reader.null()
      return true
    }),
  write: () => nullValue(),
}

const nonce: ExtensionCodec<Uint8Array> = {
  oid: '1.3.6.1.5.5.7.48.1.2',
  critical: () => false,
  parse: (der) => checkedNonce(DerReader.whole(der, 'nonce', (reader) => reader.octetString())),
  write: (bytes) => octetString(checkedNonce(bytes)),
}

const serviceLocator: ExtensionCodec<ServiceLocator> = {
  oid: '1.3.6.1.5.5.7.48.1.7',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'serviceLocator', (reader) =>
      reader.sequence((fields) => {
        const issuer = parseName(fields.element())
        // The same type as the extension of certificates.
        const locations = fields.done ? [] : EXTENSIONS.authorityInfoAccess.parse(fields.element())
        return Object.freeze({ issuer, locations: Object.freeze(locations) })
      }),
    ),
  write: ({ issuer, locations }) =>
    sequence(issuer.der, ...(locations.length === 0 ? [] : [EXTENSIONS.authorityInfoAccess.write(locations)])),
}

/** How each extension of OCSP is read and written. */
export const OCSP_EXTENSIONS: {
  readonly [N in OcspExtensionName]: ExtensionCodec<OcspExtensionValues[N]>
} = Object.freeze({
  acceptableResponses,
  archiveCutoff,
  crlReference,
  extendedRevoke,
  nonce,
  serviceLocator,
  signedCertificateTimestamps: timestampList('1.3.6.1.4.1.11129.2.4.5'),
})

interface Extended {
  readonly extensions?: readonly Extension[]
}

/**
 * The value of an extension of a request, a response or one answer in it; undefined when there is none.
 * @throws ocsp_malformed, der_malformed and the errors of what is inside
 * @example
 * const extensions = [makeOcspExtension('archiveCutoff', sample.at)]
 * assert.deepEqual(ocspExtension({ extensions }, 'archiveCutoff'), sample.at)
 */
export function ocspExtension<N extends OcspExtensionName>(
  { extensions = [] }: Extended,
  name: N,
): OcspExtensionValues[N] | undefined {
  const codec: ExtensionCodec<OcspExtensionValues[N]> = OCSP_EXTENSIONS[name]
  const found = extensions.find((one) => one.oid === codec.oid)
  return found && codec.parse(found.value)
}

/**
 * An extension ready to be written; none of them is critical.
 * @throws ocsp_malformed on a nonce of a length that responders refuse
 * @example
 * assert.equal(makeOcspExtension('extendedRevoke', true).critical, false)
 */
export function makeOcspExtension<N extends OcspExtensionName>(name: N, value: OcspExtensionValues[N]): Extension {
  const codec: ExtensionCodec<OcspExtensionValues[N]> = OCSP_EXTENSIONS[name]
  return Object.freeze({ oid: codec.oid, critical: codec.critical(value), value: codec.write(value) })
}

/**
 * Extensions under an EXPLICIT tag; empty when there are none.
 * @throws ocsp_malformed when one other than the nonce must be understood; extension_duplicate
 */
export function readTagged(fields: DerReader, number: number): readonly Extension[] {
  const extensions = tagged(fields, number, readExtensions) ?? []
  if (extensions.some((one) => one.critical && one.oid !== nonce.oid)) malformed('critical extension')
  return extensions
}

export const writeTagged = (number: number, extensions: readonly Extension[] = []): Uint8Array[] =>
  extensions.length === 0 ? [] : [explicit(number, writeExtensions(extensions))]

/** The nonce apart, as every message shows it, and the other extensions when there are any. */
export function withNonce(extensions: readonly Extension[]): { nonce?: Uint8Array; extensions?: readonly Extension[] } {
  const value = ocspExtension({ extensions }, 'nonce')
  const others = extensions.filter((one) => one.oid !== nonce.oid)
  return { ...(value ? { nonce: value } : {}), ...(others.length > 0 ? { extensions: Object.freeze(others) } : {}) }
}

/** The inverse of {@link withNonce}. */
export const allExtensions = (message: Extended & { readonly nonce?: Uint8Array }): readonly Extension[] => [
  ...(message.nonce ? [makeOcspExtension('nonce', message.nonce)] : []),
  ...(message.extensions ?? []),
]

const tagged = <T>(fields: DerReader, number: number, read: (inner: DerReader) => T): T | undefined =>
  fields.optional(contextConstructed(number), (outer) => outer.explicit(number, read))

/** Lengths that a responder must refuse: RFC 9654 §2.1. */
const checkedNonce = (bytes: Uint8Array): Uint8Array =>
  bytes.length >= 1 && bytes.length <= 128 ? bytes : malformed('nonce')

const malformed = (what: string): never => fail('ocsp_malformed', { what })
