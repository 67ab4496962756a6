// Names as other programs print them. "Get subject name" hands these to systems that compare text, so each form
// follows its program to the letter.

import { toHex, utf8 } from '../../bytes/index.ts'
import { attributeByOid } from './attribute-type.ts'
import type { Name, NameAttribute } from './name.ts'

/**
 * - `rfc4514`: `CN=pc-1,OU=Postes,O=La Poste\, SA,C=FR`, least significant first; OpenSSL's `-nameopt rfc2253,-esc_msb`.
 * - `openssl`: `C = FR, O = "La Poste, SA", CN = pc-1`, most significant first; OpenSSL's `-nameopt oneline`.
 * - `windows`: `CN=pc-1, OU=Postes, O="La Poste, SA", C=FR`, as the certificate window and .NET show it.
 */
export type NameForm = 'rfc4514' | 'openssl' | 'windows'

/**
 * The name as one line of text. An empty name is an empty text.
 * @example
 * assert.equal(formatName(sample.person.certificate.subject, 'openssl'), 'C = FR, O = Scel, CN = Ana')
 */
export function formatName(name: Name, form: NameForm): string {
  return FORMS[form](name)
}

const FORMS: Readonly<Record<NameForm, (name: Name) => string>> = {
  rfc4514: (name) =>
    name.rdns
      .toReversed()
      .map((rdn) => rdn.map((one) => `${attributeByOid(one.oid)?.ldap ?? one.oid}=${ldapValue(one)}`).join('+'))
      .join(','),
  openssl: (name) =>
    name.rdns
      .map((rdn) =>
        rdn.map((one) => `${attributeByOid(one.oid)?.openssl ?? one.oid} = ${opensslValue(one)}`).join(' + '),
      )
      .join(', '),
  windows: (name) =>
    name.rdns
      .toReversed()
      .map((rdn) => rdn.map((one) => `${windowsLabel(one)}=${windowsValue(one)}`).join(' + '))
      .join(', '),
}

/** RFC 4514 §2.4: special characters behind a backslash; what has no short name as # and hexadecimal BER. */
function ldapValue(attribute: NameAttribute): string {
  if (attribute.value === undefined || !attributeByOid(attribute.oid)) return `#${upperHex(attribute.valueDer)}`
  const text = attribute.value.replace(/[,+"\\<>;]/g, '\\$&').replace(CONTROLS, escapeBytes)
  return text.replace(/^[ #]|(?<=.) $/gs, '\\$&')
}

/** OpenSSL's ESC_2253, ESC_QUOTE, ESC_CTRL and ESC_MSB: quotes instead of backslashes, bytes above 127 as \C3\A9. */
function opensslValue(attribute: NameAttribute): string {
  if (attribute.value === undefined || !attributeByOid(attribute.oid)) return `#${upperHex(attribute.valueDer)}`
  const text = attribute.value.replace(/["\\]/g, '\\$&').replace(CONTROLS_AND_MSB, escapeBytes)
  // OpenSSL looks at a lone # as a last character, where it means nothing.
  return /[,+<>;]|^ |^#(?=.)| $/su.test(attribute.value) ? `"${text}"` : text
}

function windowsLabel(attribute: NameAttribute): string {
  return attributeByOid(attribute.oid)?.windows ?? `OID.${attribute.oid}`
}

/** CertNameToStr: quoted when empty, padded or holding a separator; a quotation mark is doubled. */
function windowsValue(attribute: NameAttribute): string {
  const { value } = attribute
  if (value === undefined) return `#${upperHex(attribute.valueDer).replace(/..(?!$)/g, '$& ')}`
  return /^\s|\s$|[,+="\n<>#;]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value
}

const CONTROLS = /[\x00-\x1f\x7f]/g
const CONTROLS_AND_MSB = /[\x00-\x1f\x7f]|[^\x00-\x7f]+/g
const escapeBytes = (text: string): string => toHex(utf8(text)).toUpperCase().replace(/../g, '\\$&')
const upperHex = (der: Uint8Array): string => toHex(der).toUpperCase()
