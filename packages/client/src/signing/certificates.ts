// What certificates say that matters to whoever signs with them or reads who signed.

import { type Certificate, extension, formatName, nameValue, nameValues } from '@scel/pki/x509'

/** How a person is called in one line. */
export const nameOf = ({ subject, serialHex }: Certificate): string => formatName(subject, 'rfc4514') || serialHex

/** The e-mail addresses in it. */
export function addressesOf(certificate: Certificate): string[] {
  const alternative = extension(certificate, 'subjectAltName') ?? []
  const named = alternative.flatMap((name) => (name.kind === 'rfc822Name' ? [name.value] : []))
  return [...named, ...nameValues(certificate.subject, 'emailAddress').filter((one) => !named.includes(one))]
}

/** Whether it is that of whom a person calls by an e-mail address or a common name, in any case. */
export function isSignersName(certificate: Certificate, wanted: string): boolean {
  const names = [...addressesOf(certificate), nameValue(certificate.subject, 'commonName') ?? '']
  return names.some((one) => one.toLowerCase() === wanted.toLowerCase())
}
