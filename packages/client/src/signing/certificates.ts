// What certificates say that matters to whoever signs with them or reads who signed.

import { nameKey } from '@scel/contract/letters'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, formatName, mailAddresses, mailAddressKey, nameValue } from '@scel/pki/x509'

/** How a person is called in one line. */
export const nameOf = ({ subject, serialHex }: Certificate): string => formatName(subject, 'rfc4514') || serialHex

/** The e-mail addresses in it; none where one of its names does not read. */
export function addressesOf(certificate: Certificate): readonly string[] {
  try {
    return mailAddresses(certificate)
  } catch (error) {
    if (isPkiError(error)) return []
    throw error
  }
}

/**
 * Whether it is that of whom a person calls by an e-mail address or a common name, however these are spelt. What looks like an address is
 * one: nobody has another's by being called like it.
 */
export function isNamed(certificate: Certificate, wanted: string): boolean {
  if (wanted.includes('@')) {
    const key = mailAddressKey(wanted)
    return addressesOf(certificate).some((one) => mailAddressKey(one) === key)
  }
  const name = nameKey(nameValue(certificate.subject, 'commonName') ?? '')
  return name !== '' && name === nameKey(wanted)
}
