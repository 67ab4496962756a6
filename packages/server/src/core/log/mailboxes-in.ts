import { mailAddressKey } from '@scel/pki/x509'

/**
 * The mailboxes that a text of a stranger speaks of, as they are compared: `Ana <Ana@Example.org>`, `CN=…,emailAddress=ana@example.org`.
 */
export const mailboxesIn = (text: string): string[] =>
  [...text.normalize('NFKC').replaceAll('\\', '').matchAll(MAILBOX)].map(([found]) => mailAddressKey(found))

/** What stands around one in names: blanks, brackets, quotation marks, and what parts the attributes of a name. */
const MAILBOX = /[^\s<>(),;:="]+@[^\s<>(),;:="+@]+/g
