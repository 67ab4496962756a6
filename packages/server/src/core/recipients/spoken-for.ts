import { domainToUnicode } from 'node:url'
import { isPkiError } from '@scel/pki/errors'
import { extension, mailAddressKey, mailName, nameValue, parseCertificate } from '@scel/pki/x509'

/** What a certificate says of whoever opens what is sealed to it. */
export interface SpokenFor {
  /** Its common name; where it has none, the first of its addresses. */
  readonly name: string
  /** The mail addresses among its alternative names, of either form and as they stand there: it speaks for no other. */
  readonly addresses: readonly string[]
}

/** @returns undefined where it speaks for no address, or has a name that nobody can read */
export function spokenFor(der: Uint8Array): SpokenFor | undefined {
  try {
    const certificate = parseCertificate(der)
    const addresses = (extension(certificate, 'subjectAltName') ?? []).flatMap((name) => mailName(name) ?? [])
    const [first] = addresses
    return first === undefined ? undefined : { name: nameValue(certificate.subject, 'commonName') || first, addresses }
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

/** Whether an address is one of them, however it is spelt. */
export const speaksFor = ({ addresses }: SpokenFor, email: string): boolean =>
  addresses.some((address) => mailAddressKey(address) === mailAddressKey(email))

/** An address with its domain in letters, as people type it. */
export function inLetters(address: string): string {
  const at = address.lastIndexOf('@') + 1
  return address.slice(0, at) + (domainToUnicode(address.slice(at)) || address.slice(at))
}
