// The kinds of key that Scel makes. What it verifies is wider: see public-key.ts.

import { fail } from '../errors/index.ts'
import type { Curve } from './curve.ts'
import { CURVES } from './curve.ts'
import { EC_PUBLIC_KEY, RSA_ENCRYPTION } from './oids.ts'
import type { KeyKind, PublicKeyFacts } from './public-key.ts'
import { readPublicKey } from './public-key.ts'
import type { RawKeySpec } from './raw-key.ts'
import { RAW_KEYS } from './raw-key.ts'
import type { SignatureAlgorithm } from './signature.ts'
import { signatureByName, signatureByOid } from './signature.ts'

/** Names of the kinds of key that Scel makes. */
export type KeySpec = `rsa-${2048 | 3072 | 4096}` | `ec-p${256 | 384 | 521}` | RawKeySpec

/** All that the library knows about one kind of key. */
export interface KeySpecRow {
  readonly spec: KeySpec
  readonly kind: Exclude<KeyKind, 'rsa-pss' | 'other'>
  /** What the key is for. RSA keys encrypt too, and elliptic-curve keys agree; they count as keys that sign. */
  readonly use: 'sign' | 'agree' | 'encapsulate'
  /** Algorithm of the key. */
  readonly oid: string
  readonly bits: number
  /** Of elliptic-curve keys. */
  readonly curve?: Curve
  /** What such a key signs with unless told otherwise: a digest of the key's strength. Undefined unless it signs. */
  readonly signature?: SignatureAlgorithm
}

const rsa = (bits: 2048 | 3072 | 4096): KeySpecRow =>
  Object.freeze({
    ...{ spec: `rsa-${bits}`, kind: 'rsa', use: 'sign', oid: RSA_ENCRYPTION, bits },
    signature: signatureByName('RSA with SHA-256'),
  } as const)
const ec = (bits: 256 | 384 | 521): KeySpecRow =>
  Object.freeze({
    ...{ spec: `ec-p${bits}`, kind: 'ec', use: 'sign', oid: EC_PUBLIC_KEY, bits, curve: CURVES[`P-${bits}`] },
    signature: signatureByName(`ECDSA with SHA-${bits === 521 ? 512 : bits}`),
  } as const)

const ROWS: readonly KeySpecRow[] = [
  ...[rsa(2048), rsa(3072), rsa(4096), ec(256), ec(384), ec(521)],
  ...RAW_KEYS.map(({ spec, kind, use, oid, bits }) =>
    Object.freeze({ spec, kind, use, oid, bits, ...(use === 'sign' ? { signature: signatureByOid(oid) } : {}) }),
  ),
]

/** Every kind of key, by its name. */
export const KEY_SPECS: Readonly<Record<KeySpec, KeySpecRow>> = Object.freeze(
  Object.fromEntries(ROWS.map((row) => [row.spec, row])) as Record<KeySpec, KeySpecRow>,
)

/**
 * Whether a text, such as one from a form or a file, names a key specification.
 * @example
 * assert.equal(isKeySpec('ml-dsa-65'), true)
 * assert.equal(isKeySpec('rsa-1024'), false)
 */
export const isKeySpec = (text: string): text is KeySpec => Object.hasOwn(KEY_SPECS, text)

/**
 * The specification of a SubjectPublicKeyInfo, or undefined for a key that Scel does not make.
 * @throws key_malformed, der_malformed
 * @example
 * assert.equal(keySpecOf(sample.root.certificate.publicKey.spki), 'ec-p384')
 */
export function keySpecOf(spki: Uint8Array): KeySpec | undefined {
  return specOf(readPublicKey(spki))
}

/**
 * The same as {@link keySpecOf} for a key that was read already.
 * @example
 * assert.equal(specOf(readPublicKey(sample.root.certificate.publicKey.spki)), 'ec-p384')
 */
export function specOf({ oid, bits }: PublicKeyFacts): KeySpec | undefined {
  return ROWS.find((row) => row.oid === oid && row.bits === bits)?.spec
}

/**
 * The signature that a key of this specification makes unless told otherwise.
 * @throws key_mismatch for keys that sign nothing: X25519, X448, ML-KEM
 * @example
 * assert.equal(defaultSignature('ec-p384').name, 'ECDSA with SHA-384')
 */
export const defaultSignature = (spec: KeySpec): SignatureAlgorithm =>
  KEY_SPECS[spec].signature ?? fail('key_mismatch', { what: spec })

/**
 * The row of a public key, SubjectPublicKeyInfo in DER.
 * @throws key_malformed when Scel does not make such keys, der_malformed
 * @example
 * assert.equal(keySpecRow(sample.person.certificate.publicKey.spki).use, 'sign')
 */
export const keySpecRow = (spki: Uint8Array): KeySpecRow =>
  KEY_SPECS[keySpecOf(spki) ?? fail('key_malformed', { what: 'key type' })]
