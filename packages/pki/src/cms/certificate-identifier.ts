// How a message names a certificate, that of a signer (RFC 5652 §5.3) or of a recipient (§6.2.1): by issuer and serial
// number, or by key identifier.

import type { DerReader } from '../asn1/index.ts'
import { contextPrimitive, integer, sequence, TAG } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate, Name } from '../x509/index.ts'
import { extension, parseName, sameName } from '../x509/index.ts'

export type CertificateIdentifier =
  | { readonly issuer: Name; readonly serial: Uint8Array }
  | { readonly keyIdentifier: Uint8Array }

/** SignerIdentifier or RecipientIdentifier; the key identifier is `[0] IMPLICIT`. */
export const readIdentifier = (reader: DerReader): CertificateIdentifier =>
  reader.tag === TAG.sequence ? readIssuerAndSerial(reader) : { keyIdentifier: reader.octetString(contextPrimitive(0)) }

export const readIssuerAndSerial = (reader: DerReader): CertificateIdentifier =>
  reader.sequence((fields) => ({ issuer: parseName(fields.element()), serial: fields.integerBytes() }))

/** IssuerAndSerialNumber, which every program finds its certificate by; key identifiers are not in every certificate. */
export const writeIdentifier = ({ issuer, serial }: Certificate): Uint8Array => sequence(issuer.der, integer(serial))

/** Several certificates may fit: whoever made the message chose what it says. */
export function isNamed(certificate: Certificate, by: CertificateIdentifier): boolean {
  if ('serial' in by) return equal(certificate.serial, by.serial) && sameName(certificate.issuer, by.issuer)
  try {
    const own = extension(certificate, 'subjectKeyIdentifier')
    return own !== undefined && equal(own, by.keyIdentifier)
  } catch (error) {
    // One that cannot be read has none.
    if (isPkiError(error)) return false
    throw error
  }
}
