import type { Certificate } from './certificate.ts'
import { extension } from './extensions/index.ts'
import { mailName } from './general-name/mail-address.ts'
import { nameValues } from './name/name.ts'

/**
 * The mail addresses of a certificate: those of subjectAltName in either form, and in the subject only when there are none, as old
 * certificates have it (RFC 8550 §3).
 * @throws what `extension` and `smtpUtf8Mailbox` throw
 * @example
 * assert.deepEqual(mailAddresses(sample.person.certificate), ['ana@example.org'])
 */
export function mailAddresses(certificate: Certificate): readonly string[] {
  const alternative = (extension(certificate, 'subjectAltName') ?? []).flatMap((name) => mailName(name) ?? [])
  return alternative.length > 0 ? alternative : nameValues(certificate.subject, 'emailAddress')
}
