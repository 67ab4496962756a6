// The kinds of key that Scel makes. What it verifies is wider: see public-key.ts.

import { fail } from '../errors/index.ts'
import type { Curve } from './curve.ts'
import { CURVES } from './curve.ts'
import type { PublicKeyFacts } from './public-key.ts'
import { readPublicKey } from './public-key.ts'
import type { SignatureAlgorithm } from './signature.ts'
import { signatureByName } from './signature.ts'

export type KeySpec = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'ec-p256' | 'ec-p384'

export interface KeySpecRow {
  readonly spec: KeySpec
  readonly kind: 'rsa' | 'ec'
  readonly bits: number
  /** Of elliptic-curve keys. */
  readonly curve?: Curve
  /** What such a key signs with unless told otherwise: a digest of the key's strength. */
  readonly signature: SignatureAlgorithm
}

const rsa = (bits: 2048 | 3072 | 4096): KeySpecRow =>
  Object.freeze({ spec: `rsa-${bits}`, kind: 'rsa', bits, signature: signatureByName('RSA with SHA-256') })
const ec = (bits: 256 | 384): KeySpecRow =>
  Object.freeze({
    spec: `ec-p${bits}`,
    kind: 'ec',
    bits,
    curve: CURVES[`P-${bits}`],
    signature: signatureByName(`ECDSA with SHA-${bits}`),
  })

export const KEY_SPECS: Readonly<Record<KeySpec, KeySpecRow>> = Object.freeze({
  'rsa-2048': rsa(2048),
  'rsa-3072': rsa(3072),
  'rsa-4096': rsa(4096),
  'ec-p256': ec(256),
  'ec-p384': ec(384),
})

const ROWS = Object.values(KEY_SPECS)

/** Whether a text, such as one from a form or a file, names a key specification. */
export const isKeySpec = (text: string): text is KeySpec => Object.hasOwn(KEY_SPECS, text)

/** The specification of a SubjectPublicKeyInfo, or undefined for a key that Scel does not make. @throws key_malformed */
export function keySpecOf(spki: Uint8Array): KeySpec | undefined {
  return specOf(readPublicKey(spki))
}

/** The same for a key that was read already. */
export function specOf({ kind, bits }: PublicKeyFacts): KeySpec | undefined {
  return ROWS.find((row) => row.kind === kind && row.bits === bits)?.spec
}

/** The signature that a key of this specification makes unless told otherwise. */
export const defaultSignature = (spec: KeySpec): SignatureAlgorithm => KEY_SPECS[spec].signature

/** The row of a public key. @throws key_malformed when Scel does not make such keys */
export const keySpecRow = (spki: Uint8Array): KeySpecRow =>
  KEY_SPECS[keySpecOf(spki) ?? fail('key_malformed', { what: 'key type' })]
