// RSAPrivateKey (RFC 8017 appendix A.1.2): the PKCS #1 form, which is also what PKCS #8 holds of an RSA key.

import { DerReader, integer, sequence, unsignedInteger } from '../../asn1/index.ts'
import { numberOf } from '../rsa/public.ts'
import { keyMalformed, readingKey } from './malformed.ts'

/** The eight numbers of an RSA key with two primes, as big-endian magnitudes without leading zeros. */
export interface RsaPrivateKey {
  readonly modulus: Uint8Array
  readonly publicExponent: Uint8Array
  readonly privateExponent: Uint8Array
  readonly prime1: Uint8Array
  readonly prime2: Uint8Array
  readonly exponent1: Uint8Array
  readonly exponent2: Uint8Array
  readonly coefficient: Uint8Array
}

/** Their order in PKCS #1. */
export const RSA_NUMBERS: readonly (keyof RsaPrivateKey)[] = [
  'modulus',
  'publicExponent',
  'privateExponent',
  'prime1',
  'prime2',
  'exponent1',
  'exponent2',
  'coefficient',
]

/** Reads the numbers and checks that they belong together. @throws key_malformed */
export function readRsaPrivateKey(der: Uint8Array): RsaPrivateKey {
  const key = readingKey('RSA private key', () =>
    DerReader.whole(der, 'RSAPrivateKey', (reader) =>
      reader.sequence((fields) => {
        // Version 1 is for more than two primes, which no platform takes.
        if (fields.smallInteger(1) !== 0) keyMalformed('RSA with more than two primes')
        const numbers = RSA_NUMBERS.map((name) => [name, magnitude(fields.integerBytes())])
        return Object.fromEntries(numbers) as unknown as RsaPrivateKey
      }),
    ),
  )
  checkRsaPrivateKey(key)
  return key
}

/** PKCS #1 DER. */
export const writeRsaPrivateKey = (key: RsaPrivateKey): Uint8Array =>
  sequence(
    integer(0),
    RSA_NUMBERS.map((name) => unsignedInteger(key[name])),
  )

/**
 * Checks the equations of RFC 8017 §3.2. Platforms compute with whichever of the numbers they like, so a key that
 * breaks one signs on one machine and not on another, or gives its primes away by a faulty signature. Whether the
 * primes are prime is the maker's business.
 * @throws key_malformed
 */
export function checkRsaPrivateKey(key: RsaPrivateKey): void {
  if (key.modulus.length > LONGEST_MODULUS) keyMalformed('RSA modulus')
  if (RSA_NUMBERS.some((name) => key[name].length > key.modulus.length)) keyMalformed('RSA numbers')
  const [n, e, d, p, q, dp, dq, coefficient] = RSA_NUMBERS.map((name) => numberOf(key[name])) as Eight
  const consistent =
    p > 2n &&
    q > 2n &&
    p !== q &&
    p * q === n &&
    dp === d % (p - 1n) &&
    dq === d % (q - 1n) &&
    (e * dp) % (p - 1n) === 1n &&
    (e * dq) % (q - 1n) === 1n &&
    coefficient < p &&
    (coefficient * q) % p === 1n
  if (!consistent) keyMalformed('RSA numbers')
}

type Eight = [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]

function magnitude(content: Uint8Array): Uint8Array {
  if (content[0]! >= 0x80) keyMalformed('RSA numbers')
  const positive = content[0] === 0 ? content.subarray(1) : content
  return positive.length > 0 ? positive : keyMalformed('RSA numbers')
}

const LONGEST_MODULUS = 2048 // 16384 bits, as for public keys
