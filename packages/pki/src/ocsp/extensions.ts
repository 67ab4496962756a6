// The extensions of OCSP messages in a written list. A new one is one codec, one line in each table, one row of values in
// the test.

import type { DerReader } from '../asn1/index.ts'
import { explicit } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension, ExtensionCodec, SignedCertificateTimestamp } from '../x509/index.ts'
import { readExtensions, timestampList, writeExtensions } from '../x509/index.ts'
import type { CrlReference, ServiceLocator } from './extension-codecs.ts'
import {
  acceptableResponses,
  archiveCutoff,
  crlReference,
  extendedRevoke,
  nonce,
  serviceLocator,
  tagged,
} from './extension-codecs.ts'

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

const malformed = (what: string): never => fail('ocsp_malformed', { what })
