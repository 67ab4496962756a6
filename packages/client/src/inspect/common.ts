import { type SignatureIdentifier, signatureRow } from '@scel/pki/algorithms'
import { toHex } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import { formatName, type GeneralName, type PublicKeyInfo } from '@scel/pki/x509'

export interface PublicKeyFacts {
  readonly kind: string
  readonly bits: number
  readonly curve?: string
  /** SHA-256 of the SPKI, hex. */
  readonly fingerprint: string
  /** Too short for today: RSA below 2048 bits. */
  readonly weak: boolean
}

export async function publicKeyFacts({ spki, kind, bits, curve, oid }: PublicKeyInfo): Promise<PublicKeyFacts> {
  return {
    kind: kind === 'other' ? oid : kind,
    bits,
    ...(curve ? { curve } : {}),
    fingerprint: toHex(await digest('SHA-256', spki)),
    weak: kind === 'rsa' && bits < 2048,
  }
}

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
    case 'registeredID':
      return `${name.kind}:${name.oid}`
    case 'unread':
      return `#${toHex(name.der.subarray(0, 64))}`
  }
}
