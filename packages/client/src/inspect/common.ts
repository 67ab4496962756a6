import { type SignatureIdentifier, signatureRow } from '@scel/pki/algorithms'
import { toHex } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { formatName, type GeneralName, serviceName, smtpUtf8Mailbox, userPrincipalName } from '@scel/pki/x509'
import { plain } from '../ui/plain.ts'

/** Name of a signature algorithm, its OID where it has none here. */
export function signatureName(identifier: SignatureIdentifier): string {
  try {
    return signatureRow(identifier).name
  } catch (error) {
    if (isPkiError(error)) return identifier.oid
    throw error
  }
}

/** `DNS:www.example.org`, as openssl writes it. */
export function generalNameText(name: GeneralName): string {
  switch (name.kind) {
    case 'dNSName':
      return `DNS:${name.value}`
    case 'rfc822Name':
      return `email:${name.value}`
    case 'uri':
      return name.value
    case 'iPAddress':
      return `IP:${name.value}`
    case 'directoryName':
      return `dirName:${formatName(name.name, 'rfc4514')}`
    case 'otherName':
      return otherNameText(name)
    case 'registeredID':
      return `registeredID:${name.oid}`
    case 'unread':
      return `#${toHex(name.der.subarray(0, 64))}`
  }
}

/** The kinds that are in use have a word of their own, as openssl has them. */
function otherNameText(name: Extract<GeneralName, { kind: 'otherName' }>): string {
  try {
    const account = userPrincipalName(name)
    if (account !== undefined) return `UPN:${account}`
    const mailbox = smtpUtf8Mailbox(name)
    if (mailbox !== undefined) return `SmtpUTF8Mailbox:${mailbox}`
    const service = serviceName(name)
    if (service !== undefined) return `SRV:${service}`
  } catch (error) {
    if (!isPkiError(error)) throw error
  }
  return `otherName:${name.oid} #${toHex(name.value.subarray(0, 64))}`
}

/** The same on one line of a terminal: a name with a line break must not look like a line of ours. */
export const generalNameLine = (name: GeneralName): string => plain(generalNameText(name))

/** A label and its value, for `pairs` of the table. */
export type Pair = readonly [string, string]

/** A line for what is there. */
export const optionalPair = (label: string, value: string | undefined): Pair[] =>
  value === undefined ? [] : [[label, value]]
