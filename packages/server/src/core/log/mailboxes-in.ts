import { mailAddressKey } from '@scel/pki/x509'

/**
 * The mailboxes that a text of a stranger may speak of, as they are compared: `Ana <Ana@Example.org>`, `CN=…,emailAddress=ana@example.org`. Much that
 * names are written with may stand in a local part as well (RFC 5322 §3.2.3): where it does, with it and without it.
 */
export function mailboxesIn(text: string): string[] {
  const plain = text.normalize('NFKC').replaceAll('\\', '')
  const found: string[] = []
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    const [domain] = DOMAIN.exec(plain.slice(at + 1, at + 1 + LONGEST_DOMAIN)) ?? []
    const before = plain.slice(Math.max(0, at - LONGEST_LOCAL), at)
    const local = (/["”]$/.test(before) ? before.slice(0, -1) : before).split(BETWEEN).at(-1)!
    if (domain !== undefined) found.push(...beginnings(local).map((from) => mailAddressKey(`${from}@${domain}`)))
  }
  return [...new Set(found)]
}

/** The local part whole, and what follows each mark in it that seldom stands in one. */
const beginnings = (local: string): string[] => {
  const parts = local.split(MARKS)
  return parts.map((_, at) => parts.slice(at).join('')).flatMap((one) => one.replace(/^[^\p{L}\p{N}_]+/u, '') || [])
}

const DOMAIN = /^[\p{L}\p{M}\p{N}]+(?:[.-]+[\p{L}\p{M}\p{N}]+)*/u
const BETWEEN = /[\s<>(),;:@[\]"«»“”]/
// Dots, hyphens and plus signs part nobody's mailbox from another's.
const MARKS = /(?=[!#$%&*/=?^`{|}~])/
/** Letters, a quotation mark among them (RFC 5321 §4.5.3.1). */
const LONGEST_LOCAL = 66
const LONGEST_DOMAIN = 255
