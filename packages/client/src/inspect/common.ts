import { type SignatureIdentifier, signatureRow } from '@scel/pki/algorithms'
import { toHex } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import {
  formatName,
  type GeneralName,
  type PublicKeyInfo,
  serviceName,
  smtpUtf8Mailbox,
  userPrincipalName,
} from '@scel/pki/x509'
import { plain } from '../ui/plain.ts'

export interface PublicKeyFacts {
  /** `RSA 3072`, `P-256`, `ML-DSA-65`; the algorithm's OID for a key that scel cannot use. */
  readonly name: string
  readonly kind: string
  readonly bits: number
  readonly curve?: string
  /** SHA-256 of the SPKI, hex. */
  readonly fingerprint: string
  /** Too short for today: RSA below 2048 bits. */
  readonly weak: boolean
}

export async function publicKeyFacts(key: PublicKeyInfo): Promise<PublicKeyFacts> {
  const { spki, kind, bits, curve, oid } = key
  return {
    name: keyName(key),
    kind: kind === 'other' ? oid : kind,
    bits,
    ...(curve ? { curve } : {}),
    fingerprint: toHex(await digest('SHA-256', spki)),
    weak: (kind === 'rsa' || kind === 'rsa-pss') && bits < 2048,
  }
}

function keyName({ kind, bits, curve, oid, spec }: PublicKeyInfo): string {
  if (kind === 'other') return oid
  if (kind === 'rsa' || kind === 'rsa-pss') return `${kind.toUpperCase()} ${bits}`
  return curve ?? specName(spec ?? kind)
}

/** `ML-DSA-65`, `Ed25519`, `SLH-DSA-SHA2-128s`, as the standards write what a specification names. */
const specName = (spec: string): string =>
  /^(ed|x)\d/.test(spec)
    ? spec.replace(/^./, (letter) => letter.toUpperCase())
    : spec.toUpperCase().replace(/(?<=\d)[SF]$/, (letter) => letter.toLowerCase())

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
