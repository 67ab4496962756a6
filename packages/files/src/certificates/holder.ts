// Whose a certificate is, as people call them.

import { isPkiError } from '@scel/pki/errors'
import { type Certificate, formatName, mailAddresses, type Name, nameValue } from '@scel/pki/x509'

/** How a person is called in one line: the whole name, the serial number where there is none. */
export const nameOf = ({ subject, serialHex }: Certificate): string => formatName(subject, 'rfc4514') || serialHex

/** The part of a name that people say. */
export const calledBy = (name: Name): string =>
  nameValue(name, 'commonName') ?? nameValue(name, 'organizationName') ?? formatName(name, 'rfc4514')

/** The e-mail addresses in it; none where one of its names does not read. */
export function addressesOf(certificate: Certificate): readonly string[] {
  try {
    return mailAddresses(certificate)
  } catch (error) {
    if (isPkiError(error)) return []
    throw error
  }
}
