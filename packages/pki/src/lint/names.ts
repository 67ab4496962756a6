// The syntax of names in text, as RFC 5280 §4.2.1.6 takes it from the documents of mail, hosts and addresses.

import { contentOf, decodeString, TAG } from '../asn1/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { GeneralName } from '../x509/index.ts'

/** Preferred name syntax (RFC 1034 §3.5, RFC 1123 §2.1): no trailing dot, no wildcard. */
export const isHostName = (text: string): boolean => HOST.test(text)

/** Mailbox of RFC 2821 §4.1.2: no display name, no angle brackets; a domain is no longer than a host's. */
export const isMailbox = (text: string): boolean => MAILBOX.test(text)

/** An absolute URI (RFC 3986 §4.3), with something after its scheme. */
export const isUri = (text: string): boolean => URI.test(text)

/** The host of an URI: undefined where it has no authority, empty where the authority names none that is valid. */
export function uriHost(uri: string): string | undefined {
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(uri)?.[1]
  if (authority === undefined) return undefined
  const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '')
  return isHostName(host) || /^\[[0-9A-Fa-f:.]+\]$/.test(host) ? host : ''
}

/** The text of a SmtpUTF8Mailbox (RFC 9598 §3): undefined for other names, empty when it is no UTF8String. */
export function utf8MailboxOf(name: GeneralName): string | undefined {
  if (name.kind !== 'otherName' || name.oid !== SMTP_UTF8_MAILBOX) return undefined
  return name.value[0] === TAG.utf8String ? textOf(name.value) : ''
}

/** The text of a character string, DER; empty when it is none, or holds what its type cannot. */
export function textOf(der: Uint8Array): string {
  try {
    return decodeString(der[0] ?? 0, contentOf(der))
  } catch (error) {
    if (isPkiError(error)) return ''
    throw error
  }
}

/** All mailboxes among names, in either form. */
export const mailboxesOf = (names: readonly GeneralName[]): string[] =>
  names.flatMap((name) => (name.kind === 'rfc822Name' ? [name.value] : [utf8MailboxOf(name)].filter(isText)))

const isText = (text: string | undefined): text is string => text !== undefined && text !== ''
const SMTP_UTF8_MAILBOX = '1.3.6.1.5.5.7.8.9'
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const DOMAIN = `${LABEL}(?:\\.${LABEL})*`
const HOST = new RegExp(`^(?=.{1,253}$)${DOMAIN}$`)
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const QUOTED = '"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"'
const LITERAL = '\\[[!-Z^-~]+\\]'
const MAILBOX = new RegExp(
  `^(?=[^@]{1,64}@|")(?:${ATOM}(?:\\.${ATOM})*|${QUOTED})@(?:(?=[^@]{1,253}$)${DOMAIN}|${LITERAL})$`,
)
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[!#$&-;=?-Z[\]_a-z~]|%[0-9A-Fa-f]{2})+$/
