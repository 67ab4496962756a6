// JSON Web Keys (RFC 7517): their members, and the names that algorithms have there. RSA and EC are of RFC 7518 §6,
// OKP of RFC 8037, AKP of RFC 9964; ML-KEM and SLH-DSA stand under AKP by the same rule, as WebCrypto has them.

import type { CurveName, RawKey } from '../../../algorithms/index.ts'
import { RAW_KEYS } from '../../../algorithms/index.ts'
import { fromBase64Url } from '../../../bytes/index.ts'
import { hasCode } from '../../../errors/index.ts'
import { keyMalformed } from '../malformed.ts'

/** A public key in JSON. Numbers and octets are base64url. */
export type PublicJwk =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: CurveName; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: string; readonly x: string }
  | { readonly kty: 'AKP'; readonly alg: string; readonly pub: string }

/** The members that make a key private, by its type. */
export type PrivateJwk =
  | (PublicJwk & { readonly kty: 'RSA' } & RsaSecrets)
  | (PublicJwk & { readonly kty: 'EC' | 'OKP'; readonly d: string })
  | (PublicJwk & { readonly kty: 'AKP'; readonly priv: string })

interface RsaSecrets {
  readonly d: string
  readonly p: string
  readonly q: string
  readonly dp: string
  readonly dq: string
  readonly qi: string
}

/** What a JSON text that should be a JWK holds. Members that are not of the key (`kid`, `use`, `key_ops`, …) are passed over. */
export type JwkMembers = Readonly<Record<string, unknown>>

/** `Ed25519`, `X448`, `ML-DSA-65`, `SLH-DSA-SHA2-128s`. */
export function nameOf({ spec }: RawKey): string {
  if (isOkp(spec)) return spec[0]!.toUpperCase() + spec.slice(1)
  return spec.startsWith('slh') ? spec.slice(0, -1).toUpperCase() + spec.at(-1) : spec.toUpperCase()
}

export const isOkp = (spec: string): boolean => /^(ed|x)\d/.test(spec)

/** The row of a curve of RFC 8037 or of an algorithm of RFC 9964. @throws key_malformed */
export function rowNamed(name: unknown, type: 'OKP' | 'AKP'): RawKey {
  const row = typeof name === 'string' ? NAMES.get(name) : undefined
  const what = type === 'OKP' ? 'JWK crv' : 'JWK alg'
  return row && isOkp(row.spec) === (type === 'OKP') ? row : keyMalformed(what)
}

/** Octets of a member. @throws key_malformed naming the member */
export function octets(jwk: JwkMembers, member: string, length?: number): Uint8Array {
  const text = Object.hasOwn(jwk, member) ? jwk[member] : undefined
  if (typeof text !== 'string' || text.length > LONGEST) return keyMalformed(`JWK ${member}`)
  try {
    const bytes = fromBase64Url(text)
    return length === undefined || bytes.length === length ? bytes : keyMalformed(`JWK ${member}`)
  } catch (error) {
    if (hasCode(error, 'encoding_malformed')) return keyMalformed(`JWK ${member}`)
    throw error
  }
}

/** A Base64urlUInt (RFC 7518 §2): big-endian, in as few octets as it takes. @throws key_malformed naming the member */
export function magnitudeOf(jwk: JwkMembers, member: string): Uint8Array {
  const bytes = octets(jwk, member)
  return bytes.length > 0 && bytes[0] !== 0 ? bytes : keyMalformed(`JWK ${member}`)
}

// The longest member is an expanded key of a few kilobytes.
const LONGEST = 16 * 1024

const NAMES: ReadonlyMap<string, RawKey> = new Map(RAW_KEYS.map((row) => [nameOf(row), row]))
