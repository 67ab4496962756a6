import { mailAddressKey } from '@scel/pki/x509'

/**
 * The mailboxes that a text of a stranger may speak of, as they are compared: `Ana <Ana@Example.org>`, `CN=…,emailAddress=ana@example.org`. Much that
 * names are written with may stand in a local part as well (RFC 5322 §3.2.3): where it does, with it and without it.
 */
export const mailboxesIn = (text: string): string[] => [
  ...new Set(
    [...text.normalize('NFKC').replaceAll('\\', '').matchAll(MAILBOX)].flatMap(([, local = '', domain = '']) =>
      beginnings(local).map((from) => mailAddressKey(`${from}@${domain}`)),
    ),
  ),
]

/** The local part whole, and what follows each mark in it that seldom stands in one. */
const beginnings = (local: string): string[] => {
  const parts = local.split(MARKS)
  return parts.map((_, at) => parts.slice(at).join('')).flatMap((one) => one.replace(/^[^\p{L}\p{N}_]+/u, '') || [])
}

// Dots, hyphens and plus signs part nobody's mailbox from another's.
const MAILBOX = /([^\s<>(),;:@[\]"«»“”]+)["”]?@([\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?)/gu
const MARKS = /(?=[!#$%&*/=?^`{|}~])/
