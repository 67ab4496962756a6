// Names that GeneralName has no letter for and carries as otherName: an identifier and a value of its own type.

import type { StringType } from '../../asn1/index.ts'
import { DerReader, string, stringTag } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { GeneralName } from './general-name.ts'

/**
 * The sign-in name of an account in a Windows domain, such as `ana@corp.example`; undefined when `name` is another kind.
 * @throws name_malformed, der_malformed, string_malformed
 * @example
 * assert.equal(userPrincipalName(makeUserPrincipalName('ana@corp.example')), 'ana@corp.example')
 */
export const userPrincipalName = (name: GeneralName): string | undefined => read(UPN, name)

/**
 * The name of an account in a Windows domain, ready for `subjectAltName`.
 * @throws string_malformed, name_malformed on an empty text
 * @example
 * const extension = makeExtension('subjectAltName', [makeUserPrincipalName('ana@corp.example')])
 * assert.equal(extension.critical, false)
 */
export const makeUserPrincipalName = (account: string): GeneralName => make(UPN, account)

/**
 * A mailbox whose local part is beyond ASCII (RFC 9598 §3), such as `éloïse@example.org`; undefined when `name` is
 * another kind.
 * @throws name_malformed also when it should have been an rfc822Name, or its domain is not in small ASCII letters;
 *   der_malformed, string_malformed
 * @example
 * const name = makeSmtpUtf8Mailbox('éloïse@xn--exmple-cua.org')
 * assert.equal(smtpUtf8Mailbox(name), 'éloïse@xn--exmple-cua.org')
 */
export const smtpUtf8Mailbox = (name: GeneralName): string | undefined => read(SMTP_UTF8_MAILBOX, name)

/**
 * A mailbox beyond ASCII, ready for `subjectAltName` (RFC 9598 §3).
 * @throws name_malformed unless the local part needs it and the domain is in A-labels; string_malformed
 * @example
 * assert.throws(() => makeSmtpUtf8Mailbox('ana@example.org'), (error) => hasCode(error, 'name_malformed'))
 */
export const makeSmtpUtf8Mailbox = (mailbox: string): GeneralName => make(SMTP_UTF8_MAILBOX, mailbox)

/**
 * A service of a domain (RFC 4985 §2), `_Service.Name` such as `_imaps.example.org`; undefined when `name` is another
 * kind.
 * @throws name_malformed, der_malformed, string_malformed
 * @example
 * assert.equal(serviceName(makeServiceName('_imaps.example.org')), '_imaps.example.org')
 */
export const serviceName = (name: GeneralName): string | undefined => read(SERVICE_NAME, name)

/**
 * A service of a domain, ready for `subjectAltName` (RFC 4985 §2).
 * @throws name_malformed, string_malformed
 * @example
 * assert.equal(makeServiceName('_imaps.example.org').kind, 'otherName')
 */
export const makeServiceName = (service: string): GeneralName => make(SERVICE_NAME, service)

interface OtherName {
  readonly oid: string
  readonly what: string
  readonly string: StringType
  readonly allowed: (text: string) => boolean
}

const UPN: OtherName = {
  oid: '1.3.6.1.4.1.311.20.2.3',
  what: 'user principal name',
  string: 'UTF8String',
  allowed: (text) => text !== '',
}

const SMTP_UTF8_MAILBOX: OtherName = {
  oid: '1.3.6.1.5.5.7.8.9',
  what: 'SmtpUTF8Mailbox',
  string: 'UTF8String',
  // One way to write each mailbox, so that comparing octets compares mailboxes: ASCII local parts are rfc822Names,
  // and the domain is in A-labels and small letters. No byte order mark (RFC 9598 §3).
  allowed: (text) => {
    const at = text.lastIndexOf('@')
    const local = text.slice(0, at)
    return at > 0 && /[^\x00-\x7f]/.test(local) && !/[\ufeff@]/.test(local) && DOMAIN.test(text.slice(at + 1))
  },
}

const SERVICE_NAME: OtherName = {
  oid: '1.3.6.1.5.5.7.8.7',
  what: 'SRVName',
  string: 'IA5String',
  allowed: (text) => /^_[A-Za-z0-9-]+\.[A-Za-z0-9.-]+$/.test(text),
}

const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/

function read(kind: OtherName, name: GeneralName): string | undefined {
  if (name.kind !== 'otherName' || name.oid !== kind.oid) return undefined
  const text = DerReader.whole(name.value, kind.what, (reader) =>
    reader.tag === stringTag(kind.string) ? reader.string().text : reader.malformed(),
  )
  return checked(kind, text)
}

const make = (kind: OtherName, text: string): GeneralName =>
  Object.freeze({ kind: 'otherName', oid: kind.oid, value: string(kind.string, checked(kind, text)) })

const checked = (kind: OtherName, text: string): string =>
  kind.allowed(text) ? text : fail('name_malformed', { what: kind.what })
