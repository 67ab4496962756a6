import { nameKey } from '@scel/contract/letters'
import { addressesOf } from '@scel/files/certificates'
import { type Certificate, mailAddressKey, nameValue } from '@scel/pki/x509'

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
