// The encryption schemes of PKCS #12 itself (RFC 7292 appendix C): a passphrase as BMPString, SHA-1, and an old cipher.
// Triple DES is still written for Apple, Android and old Windows, which open nothing else.

import { digestByName } from '../../algorithms/index.ts'
import { DerReader, integer, octetString, oid, sequence } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import { readIterations } from '../passphrase/derivation-budget.ts'
import { pkcs12Derive, pkcs12Work } from '../passphrase/pkcs12-kdf.ts'
import type { PassphraseForms, PassphraseScheme } from '../passphrase/scheme.ts'
import type { BlockCipher } from './cbc.ts'
import { decryptCbc, encryptCbc } from './cbc.ts'
import { des } from './des.ts'
import { rc2 } from './rc2.ts'

interface Row {
  readonly name: string
  readonly oid: string
  /** In bytes. */
  readonly keyLength: number
  readonly keyed: (key: Uint8Array) => BlockCipher
}

const row = (arc: number, name: string, keyLength: number, keyed: Row['keyed']): Row =>
  Object.freeze({ name, oid: `1.2.840.113549.1.12.1.${arc}`, keyLength, keyed })

const TRIPLE_DES = row(3, 'PKCS #12 3DES', 24, des)
// 1 and 2 are RC4, which no program is known to have written here.
const ROWS: readonly Row[] = [
  TRIPLE_DES,
  row(4, 'PKCS #12 3DES with two keys', 16, des),
  row(5, 'PKCS #12 RC2-128', 16, (key) => rc2(key, 128)),
  row(6, 'PKCS #12 RC2-40', 5, (key) => rc2(key, 40)),
]

export const isPkcs12Scheme = (dotted: string): boolean => ROWS.some((one) => one.oid === dotted)

/** @throws algorithm_unsupported, der_malformed, input_too_large */
export function pkcs12Scheme(algorithm: Uint8Array): PassphraseScheme {
  return DerReader.whole(algorithm, 'PKCS #12 scheme', (reader) =>
    reader.sequence((identifier) => {
      const dotted = identifier.oid()
      const found = ROWS.find((one) => one.oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })
      return identifier.sequence((parameters) => schemeOf(found, parameters.octetString(), readIterations(parameters)))
    }),
  )
}

/**
 * Three-key triple DES under PKCS #12's own derivation: for devices that open nothing newer. The blocks of 64 bits do no
 * harm to a file of some kilobytes; the derivation with SHA-1 is cheap to guess at, so the passphrase must be long.
 * @example
 * const locked = await encryptDanger3Des(utf8('text'), passphraseForms(sample.passphrase), randomBytes(8), 2_048)
 * const plain = await decryptWithPassphrase(locked, sample.passphrase, { dangerOldCiphers: true })
 * assert.equal(fromUtf8(plain), 'text')
 */
export async function encryptDanger3Des(
  plain: Uint8Array,
  passphrase: PassphraseForms,
  salt: Uint8Array,
  iterations: number,
): Promise<{ algorithm: Uint8Array; bytes: Uint8Array }> {
  const { key, iv } = await derive(TRIPLE_DES, passphrase, salt, iterations)
  const algorithm = sequence(oid(TRIPLE_DES.oid), sequence(octetString(salt), integer(iterations)))
  return { algorithm, bytes: encryptCbc(TRIPLE_DES.keyed(key), iv, plain) }
}

const schemeOf = (found: Row, salt: Uint8Array, iterations: number): PassphraseScheme => ({
  name: found.name,
  weak: true,
  work: pkcs12Work(SHA1, iterations, found.keyLength) + pkcs12Work(SHA1, iterations, IV_LENGTH),
  async decrypt(passphrase, bytes, signal) {
    const { key, iv } = await derive(found, passphrase, salt, iterations, signal)
    return decryptCbc(found.keyed(key), iv, bytes)
  },
})

async function derive(
  { keyLength }: Row,
  forms: PassphraseForms,
  salt: Uint8Array,
  iterations: number,
  signal?: AbortSignal,
): Promise<{ key: Uint8Array; iv: Uint8Array }> {
  const derivation = { digest: SHA1, passphrase: forms.bmp(), salt, iterations, signal }
  return {
    key: await pkcs12Derive(derivation, 'key', keyLength),
    iv: await pkcs12Derive(derivation, 'iv', IV_LENGTH),
  }
}

const SHA1 = digestByName('SHA-1')
const IV_LENGTH = 8
