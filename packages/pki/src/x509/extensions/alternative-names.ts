import { DerReader, sequence } from '../../asn1/index.ts'
import type { GeneralName } from '../general-name/general-name.ts'
import { readGeneralNames, writeGeneralName } from '../general-name/general-name.ts'
import type { ExtensionCodec } from './extension.ts'

/** Names of a subject or an issuer beside the one in its own field, one at least. */
export type AlternativeNames = readonly GeneralName[]

/** An extension that is nothing but GeneralNames. */
export const alternativeNames = (oid: string, what: string): ExtensionCodec<AlternativeNames> => ({
  oid,
  // Critical only when the subject is empty (RFC 5280 §4.2.1.6): the builder of the certificate says so.
  critical: () => false,
  parse: (der) => DerReader.whole(der, what, (reader) => Object.freeze(readGeneralNames(reader))),
  write: (names) => sequence(names.map(writeGeneralName)),
})

/** RFC 5280 §4.2.1.6 */
export const subjectAltName: ExtensionCodec<AlternativeNames> = alternativeNames('2.5.29.17', 'subjectAltName')
/** RFC 5280 §4.2.1.7 */
export const issuerAltName: ExtensionCodec<AlternativeNames> = alternativeNames('2.5.29.18', 'issuerAltName')
