// Whose certificate verifies a signature (RFC 5652 §5.3).

import type { DerReader } from '../../asn1/index.ts'
import { contextPrimitive, integer, sequence, TAG } from '../../asn1/index.ts'
import { equal, toHex } from '../../bytes/index.ts'
import { isPkiError } from '../../errors/index.ts'
import type { Certificate, Name } from '../../x509/index.ts'
import { extension, formatName, parseName, serialHex } from '../../x509/index.ts'

export type SignerIdentifier =
  | { readonly issuer: Name; readonly serial: Uint8Array }
  | { readonly keyIdentifier: Uint8Array }

export function readSignerIdentifier(fields: DerReader): SignerIdentifier {
  if (fields.tag === KEY_IDENTIFIER) return Object.freeze({ keyIdentifier: fields.octetString(KEY_IDENTIFIER) })
  return fields.constructed(TAG.sequence, (both) =>
    Object.freeze({ issuer: parseName(both.element()), serial: both.integerBytes() }),
  )
}

/** IssuerAndSerialNumber, which every program knows; key identifiers are not in every certificate. */
export const signerIdentifier = ({ issuer, serial }: Certificate): Uint8Array => sequence(issuer.der, integer(serial))

/** Whether it names this certificate. Several certificates may fit: whoever made the file chose what is in it. */
export function names(signer: SignerIdentifier, certificate: Certificate): boolean {
  if ('issuer' in signer) {
    return equal(signer.serial, certificate.serial) && equal(signer.issuer.der, certificate.issuer.der)
  }
  try {
    const own = extension(certificate, 'subjectKeyIdentifier')
    return own !== undefined && equal(own, signer.keyIdentifier)
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

/** For errors. */
export const signerText = (signer: SignerIdentifier): string =>
  'issuer' in signer
    ? `${formatName(signer.issuer, 'rfc4514')}, ${serialHex(signer.serial)}`
    : toHex(signer.keyIdentifier)

const KEY_IDENTIFIER = contextPrimitive(0)
