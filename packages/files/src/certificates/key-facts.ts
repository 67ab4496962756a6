import { toHex } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'
import type { PublicKeyInfo } from '@scel/pki/x509'

/** A public key as data. */
export interface PublicKeyFacts {
  /** `RSA 3072`, `P-256`, `ML-DSA-65`; the algorithm's OID for a key that Scel cannot use. */
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
