// How a message names the certificate of a recipient (RFC 5652 §6.2.1): issuer and serial number, or key identifier.

import type { DerReader } from '../../asn1/index.ts'
import { contextPrimitive, integer, sequence, TAG } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import type { Certificate, Name } from '../../x509/index.ts'
import { extension, parseName, sameName, serialHex } from '../../x509/index.ts'
import type { RecipientFacts } from '../open-options.ts'

export type RecipientIdentifier =
  | { readonly issuer: Name; readonly serial: Uint8Array }
  | { readonly keyIdentifier: Uint8Array }

/** RecipientIdentifier; the key identifier is `[0] IMPLICIT`. */
export const readIdentifier = (reader: DerReader): RecipientIdentifier =>
  reader.tag === TAG.sequence ? readIssuerAndSerial(reader) : { keyIdentifier: reader.octetString(contextPrimitive(0)) }

export const readIssuerAndSerial = (reader: DerReader): RecipientIdentifier =>
  reader.sequence((fields) => ({ issuer: parseName(fields.element()), serial: fields.integerBytes() }))

/** IssuerAndSerialNumber, which every program finds its certificate by. */
export const writeIdentifier = ({ issuer, serial }: Certificate): Uint8Array => sequence(issuer.der, integer(serial))

export function isNamed(certificate: Certificate, by: RecipientIdentifier): boolean {
  if ('serial' in by) return equal(certificate.serial, by.serial) && sameName(certificate.issuer, by.issuer)
  const own = extension(certificate, 'subjectKeyIdentifier')
  return own !== undefined && equal(own, by.keyIdentifier)
}

export const identifierFacts = (by: RecipientIdentifier): Partial<RecipientFacts> =>
  'serial' in by ? { issuer: by.issuer, serialHex: serialHex(by.serial) } : { keyIdentifier: by.keyIdentifier }
