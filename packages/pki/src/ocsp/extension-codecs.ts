// How each extension of OCSP messages is read and written (RFC 6960 §4.4); extensions.ts has the list.

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
import type { AccessDescription, ExtensionCodec, Name } from '../x509/index.ts'
import { EXTENSIONS, parseName } from '../x509/index.ts'

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

/** RFC 6960 §4.4.3 */
export const acceptableResponses: ExtensionCodec<readonly string[]> = {
  oid: '1.3.6.1.5.5.7.48.1.4',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'acceptableResponses', (reader) => Object.freeze(reader.sequenceOf((one) => one.oid()))),
  write: (types) => sequence(types.map(oid)),
}

/** RFC 6960 §4.4.4 */
export const archiveCutoff: ExtensionCodec<Date> = {
  oid: '1.3.6.1.5.5.7.48.1.6',
  critical: () => false,
  parse: (der) => DerReader.whole(der, 'archiveCutoff', (reader) => reader.generalizedTime()),
  write: (date) => generalizedTime(date),
}

/** RFC 6960 §4.4.2 */
export const crlReference: ExtensionCodec<CrlReference> = {
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
      url === undefined ? [] : [explicit(0, string('IA5String', url))],
      number === undefined ? [] : [explicit(1, integer(number))],
      time === undefined ? [] : [explicit(2, generalizedTime(time))],
    ),
}

/** RFC 6960 §4.4.8 */
export const extendedRevoke: ExtensionCodec<true> = {
  oid: '1.3.6.1.5.5.7.48.1.9',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'extendedRevoke', (reader) => {
      reader.null()
      return true
    }),
  write: () => nullValue(),
}

/** RFC 6960 §4.4.1, RFC 9654 */
export const nonce: ExtensionCodec<Uint8Array> = {
  oid: '1.3.6.1.5.5.7.48.1.2',
  critical: () => false,
  parse: (der) => checkedNonce(DerReader.whole(der, 'nonce', (reader) => reader.octetString())),
  write: (bytes) => octetString(checkedNonce(bytes)),
}

/** RFC 6960 §4.4.6 */
export const serviceLocator: ExtensionCodec<ServiceLocator> = {
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
    sequence(issuer.der, locations.length === 0 ? [] : [EXTENSIONS.authorityInfoAccess.write(locations)]),
}

/** Reads what stands under an EXPLICIT tag, when it is there. */
export const tagged = <T>(fields: DerReader, number: number, read: (inner: DerReader) => T): T | undefined =>
  fields.optional(contextConstructed(number), (outer) => outer.explicit(number, read))

/** Lengths that a responder must refuse: RFC 9654 §2.1. */
const checkedNonce = (bytes: Uint8Array): Uint8Array =>
  bytes.length >= 1 && bytes.length <= 128 ? bytes : malformed('nonce')

const malformed = (what: string): never => fail('ocsp_malformed', { what })
