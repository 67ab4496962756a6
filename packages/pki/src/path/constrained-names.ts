// The names that name constraints are about.

import { contentOf, decodeString } from '../asn1/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate, GeneralName } from '../x509/index.ts'
import { extension, nameValue, nameValues } from '../x509/index.ts'
import { hostOf } from './name-match.ts'

/**
 * Every name the certificate speaks for: alternative names, the subject, and what programs read out of either. Mail
 * addresses in the subject count as mail (RFC 5280 §4.2.1.10). With `asServer` so does a host in the common name of a
 * certificate without alternative hosts, since there are clients that still fall back to it.
 */
export function constrainedNames(certificate: Certificate, asServer: boolean): GeneralName[] {
  const { subject } = certificate
  const alternative = extension(certificate, 'subjectAltName') ?? []
  const names: GeneralName[] = [...alternative]
  for (const name of alternative)
    if (name.kind === 'otherName' && name.oid === SMTP_UTF8_MAILBOX) names.push(mailbox(name.value))
  if (subject.rdns.length > 0) names.push({ kind: 'directoryName', name: subject })
  for (const value of nameValues(subject, 'emailAddress')) names.push({ kind: 'rfc822Name', value })
  const host = asServer && !alternative.some(({ kind }) => kind === 'dNSName') ? nameValue(subject, 'commonName') : undefined
  if (host?.includes('.') && hostOf(host.replace(/^\*\./, ''))) names.push({ kind: 'dNSName', value: host })
  return names
}

/**
 * A mailbox with letters of any script is one more form of rfc822Name, and the same constraints bind both (RFC 9598
 * §6). Its host is written in A-labels; one that is not, or no UTF8String at all, cannot be judged and is refused.
 */
function mailbox(der: Uint8Array): GeneralName {
  return { kind: 'rfc822Name', value: der[0] === UTF8_STRING ? text(der) : '' }
}

function text(der: Uint8Array): string {
  try {
    return decodeString(UTF8_STRING, contentOf(der))
  } catch (error) {
    if (isPkiError(error)) return ''
    throw error
  }
}

const SMTP_UTF8_MAILBOX = '1.3.6.1.5.5.7.8.9'
const UTF8_STRING = 0x0c
