// What certificates say that matters to whoever signs with them or reads who signed.

import { type Certificate, extension, formatName, nameValue, nameValues } from '@scel/pki/x509'

/** Whether it is made for signing: neither its key usage nor its purposes keep others from accepting that. */
export function signs(certificate: Certificate): boolean {
  const usages = extension(certificate, 'keyUsage')
  if (usages && !usages.includes('digitalSignature') && !usages.includes('nonRepudiation')) return false
  const purposes = extension(certificate, 'extendedKeyUsage')
  return !purposes || purposes.includes('emailProtection') || purposes.includes('anyExtendedKeyUsage')
}

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
