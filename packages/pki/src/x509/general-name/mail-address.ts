// Mail addresses as certificates have them: the domain in A-labels, what stands before it as it is (RFC 5280 §7.5, RFC 9598).

import { fail } from '../../errors/index.ts'
import type { GeneralName } from './general-name.ts'
import { makeSmtpUtf8Mailbox, smtpUtf8Mailbox } from './other-name.ts'

/**
 * A host name in A-labels (RFC 5890 §2.3.2.1) and small letters, without the point that ends it, whichever way its letters and its points
 * are written (UTS 46: `。` is one too). A text that is no host name stays as it is, and so does one with nothing between two points (`a…b`).
 * @example
 * assert.equal(asciiHost('Bücher。example.'), 'xn--bcher-kva.example')
 */
export function asciiHost(text: string): string {
  const plain = text.normalize('NFKC').replace(POINT, '.').replace(/\.$/, '')
  if (plain.split('.').includes('')) return text
  if (/^[\u0021-\u007e]*$/.test(plain)) return plain.toLowerCase()
  // What has a meaning of its own in an address of the web is in no host name.
  if (/[^\P{ASCII}A-Za-z0-9._-]/u.test(plain) || !URL.canParse(`http://${plain}`)) return text
  return new URL(`http://${plain}`).hostname
}

/**
 * What two spellings of a mail address have in common: capitals, letters that stand for another (`ｅｘａｍｐｌｅ`), and how its domain is
 * written. For whoever must not take one person for two; what a certificate says is compared with {@link sameMailbox}.
 * @example
 * assert.equal(mailAddressKey('Ana@Bücher.example'), mailAddressKey('ana@xn--bcher-kva.example.'))
 */
export function mailAddressKey(address: string): string {
  const plain = address.normalize('NFKC').replace(POINT, '.')
  const at = plain.lastIndexOf('@') + 1
  return plain.slice(0, at).toLowerCase() + asciiHost(plain.slice(at))
}

/**
 * Whether two texts are one mailbox: "the local-part … exact, the host-part ASCII case-insensitive" (RFC 5280 §7.5), the host written in
 * letters or in A-labels.
 * @example
 * assert.ok(sameMailbox('ana@bücher.example', 'ana@XN--BCHER-KVA.example'))
 * assert.ok(!sameMailbox('Ana@example.org', 'ana@example.org'))
 */
export function sameMailbox(one: string, other: string): boolean {
  return mailboxOf(one) === mailboxOf(other)
}

/**
 * A mail address, ready for `subjectAltName`: an rfc822Name with its domain in A-labels, or where the local part is beyond ASCII a
 * SmtpUTF8Mailbox (RFC 9598 §3).
 * @throws name_malformed on what is no address, or has a domain that no A-labels are for; string_malformed
 * @example
 * assert.deepEqual(makeMailName('ana@bücher.example'), { kind: 'rfc822Name', value: 'ana@xn--bcher-kva.example' })
 * assert.equal(mailName(makeMailName('éloïse@example.org')), 'éloïse@example.org')
 */
export function makeMailName(address: string): GeneralName {
  const at = address.lastIndexOf('@')
  const [local, host] = [address.slice(0, at), asciiHost(address.slice(at + 1))]
  if (at < 1 || host.split('.').includes('') || BEYOND_ASCII.test(host))
    fail('name_malformed', { what: 'mail address' })
  if (!BEYOND_ASCII.test(local)) return Object.freeze({ kind: 'rfc822Name', value: `${local}@${host}` })
  return makeSmtpUtf8Mailbox(`${local.normalize('NFC')}@${host}`)
}

/**
 * The mail address that a name is, in either of its two forms; undefined when `name` is another kind.
 * @throws what `smtpUtf8Mailbox` throws
 * @example
 * assert.equal(mailName({ kind: 'rfc822Name', value: 'ana@example.org' }), 'ana@example.org')
 */
export const mailName = (name: GeneralName): string | undefined =>
  name.kind === 'rfc822Name' ? name.value : smtpUtf8Mailbox(name)

const mailboxOf = (address: string): string => {
  const at = address.lastIndexOf('@') + 1
  return address.slice(0, at).normalize('NFC') + asciiHost(address.slice(at))
}

/** What NFKC leaves of the points of other scripts. */
const POINT = /\u3002/g
const BEYOND_ASCII = /[^\x00-\x7f]/
