// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7, RFC 3279 §2.3, RFC 4055 §1.2, RFC 5480 §2, raw-key.ts), read strictly: the
// key in one encoding only, because everything that recognises a key again — blocked keys, key identifiers — goes by
// its bytes.

import { DerReader, TAG } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Curve } from './curve.ts'
import { curveByOid } from './curve.ts'
import { EC_PUBLIC_KEY, RSA_ENCRYPTION, RSASSA_PSS } from './oids.ts'
import type { PssParameters } from './pss-parameters.ts'
import { readPssParameters } from './pss-parameters.ts'
import type { RawKey, RawKeyKind } from './raw-key.ts'
import { rawKeyByOid } from './raw-key.ts'

/** `rsa-pss` is an RSA key that may make RSA-PSS signatures only; `other` one that this library keeps but cannot use. */
export type KeyKind = 'rsa' | 'rsa-pss' | 'ec' | RawKeyKind | 'other'

/** What a SubjectPublicKeyInfo says. */
export interface PublicKeyFacts {
  readonly kind: KeyKind
  /** Algorithm of the key. */
  readonly oid: string
  /** Modulus length, field size, number of the parameter set (ML-DSA-65: 65), or 0 for 'other'. */
  readonly bits: number
  readonly curve?: Curve
  /** What an `rsa-pss` key is restricted to, when it says so. */
  readonly pss?: PssParameters
  /** RSA only: big-endian magnitudes. */
  readonly rsa?: { readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  /** Content of the subjectPublicKey BIT STRING, of which key identifiers are hashes. */
  readonly keyBits: Uint8Array
}

/**
 * Reads a SubjectPublicKeyInfo, DER.
 * @throws key_malformed for a key that cannot be right, der_malformed, input_too_large above 8 KiB
 * @example
 * const { kind, bits } = readPublicKey(sample.person.certificate.publicKey.spki)
 * assert.deepEqual([kind, bits], ['ec', 256])
 */
export function readPublicKey(spki: Uint8Array): PublicKeyFacts {
  return DerReader.whole(
    spki,
    'SubjectPublicKeyInfo',
    (reader) =>
      reader.sequence((info) => {
        const algorithm = info.sequence((identifier) => ({
          oid: identifier.oid(),
          parametersTag: identifier.tag,
          parameters: identifier.done ? undefined : identifier.element(),
        }))
        const keyBits = info.bitStringBytes()
        return facts(algorithm, keyBits)
      }),
    { maxBytes: LONGEST },
  )
}

interface KeyAlgorithm {
  readonly oid: string
  readonly parametersTag: number | undefined
  readonly parameters: Uint8Array | undefined
}

function facts(algorithm: KeyAlgorithm, keyBits: Uint8Array): PublicKeyFacts {
  switch (algorithm.oid) {
    case RSA_ENCRYPTION:
      // RFC 3279 §2.3.1: parameters are NULL
      if (algorithm.parametersTag !== TAG.null || algorithm.parameters!.length !== 2) malformed('RSA parameters')
      return rsaFacts('rsa', algorithm, keyBits)
    case RSASSA_PSS:
      return pssFacts(algorithm, keyBits)
    case EC_PUBLIC_KEY:
      return ecFacts(algorithm, keyBits)
    default: {
      const row = rawKeyByOid(algorithm.oid)
      if (row) return rawFacts(row, algorithm, keyBits)
      return { kind: 'other', oid: algorithm.oid, bits: 0, keyBits }
    }
  }
}

function rawFacts(
  { kind, oid, bits, length, spec }: RawKey,
  algorithm: KeyAlgorithm,
  keyBits: Uint8Array,
): PublicKeyFacts {
  if (algorithm.parameters || keyBits.length !== length) malformed(spec)
  return { kind, oid, bits, keyBits }
}

/** RFC 4055 §1.2: without parameters the key is for any RSA-PSS, with them for that one only. */
function pssFacts(algorithm: KeyAlgorithm, keyBits: Uint8Array): PublicKeyFacts {
  const facts = rsaFacts('rsa-pss', algorithm, keyBits)
  if (!algorithm.parameters) return facts
  if (algorithm.parametersTag !== TAG.sequence) malformed('RSA-PSS parameters')
  const pss = readPssParameters(algorithm.parameters)
  // A restriction to what is not supported, SHA-1 above all, leaves a key that verifies nothing.
  return pss ? { ...facts, pss } : { kind: 'other', oid: RSASSA_PSS, bits: 0, keyBits }
}

function rsaFacts(kind: 'rsa' | 'rsa-pss', { oid }: KeyAlgorithm, keyBits: Uint8Array): PublicKeyFacts {
  const rsa = DerReader.whole(keyBits, 'RSAPublicKey', (reader) =>
    reader.sequence((key) => ({
      modulus: magnitude(key.integerBytes(), 'RSA modulus'),
      exponent: magnitude(key.integerBytes(), 'RSA exponent'),
    })),
  )
  if (rsa.modulus.length > LONGEST_MODULUS) malformed('RSA modulus')
  // An even modulus or exponent is no RSA key, and an exponent of one makes every signature valid.
  const { modulus, exponent } = rsa
  if ((modulus.at(-1)! & 1) === 0) malformed('RSA modulus')
  if ((exponent.at(-1)! & 1) === 0 || (exponent.length === 1 && exponent[0] === 1)) malformed('RSA exponent')
  if (exponent.length > LONGEST_EXPONENT) malformed('RSA exponent')
  const bits = modulus.length * 8 - (Math.clz32(modulus[0]!) - 24)
  return { kind, oid, bits, rsa, keyBits }
}

function ecFacts(algorithm: KeyAlgorithm, keyBits: Uint8Array): PublicKeyFacts {
  // RFC 5480 §2.1.1: named curves only; explicit parameters let an attacker choose the generator (CVE-2020-0601).
  if (algorithm.parametersTag !== TAG.oid) malformed('EC parameters')
  const dotted = DerReader.whole(algorithm.parameters!, 'EC parameters', (reader) => reader.oid())
  const curve = curveByOid(dotted)
  if (!curve) return { kind: 'other', oid: EC_PUBLIC_KEY, bits: 0, keyBits }
  if (keyBits[0] !== 0x04 || keyBits.length !== 1 + 2 * curve.size) malformed('EC point')
  return { kind: 'ec', oid: EC_PUBLIC_KEY, bits: curve.bits, curve, keyBits }
}

function magnitude(content: Uint8Array, what: string): Uint8Array {
  if (content[0]! >= 0x80) malformed(what)
  const positive = content[0] === 0 ? content.subarray(1) : content
  return positive.length > 0 ? positive : malformed(what)
}

const malformed = (what: string): never => fail('key_malformed', { what })
const LONGEST_MODULUS = 2048 // 16384 bits: what OpenSSL itself will verify with
const LONGEST_EXPONENT = 8 // 64 bits: OpenSSL's own bound for large moduli, against slow verification
const LONGEST = 8 * 1024 // post-quantum keys are a few kilobytes
