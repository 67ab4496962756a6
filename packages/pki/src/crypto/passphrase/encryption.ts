// Whatever AlgorithmIdentifier of password-based encryption a file has, and its name for people.

import { PBES2 } from '../../algorithms/index.ts'
import { DerReader } from '../../asn1/index.ts'
import { isPbes1Scheme, pbes1Scheme } from '../danger/pbes1-scheme.ts'
import { isPkcs12Scheme, pkcs12Scheme } from '../danger/pkcs12-scheme.ts'
import type { Encrypted } from './pbes2.ts'
import { pbes2Readings, pbes2Scheme } from './pbes2.ts'
import type { PassphraseOptions, PassphraseScheme } from './scheme.ts'
import { decryptUnder, passphraseForms } from './scheme.ts'

/**
 * Reads an AlgorithmIdentifier (DER) of PBES2, PBES1 or PKCS #12: what the file is under, before anybody types.
 * @throws algorithm_unsupported with the OID of another scheme, cipher or digest; der_malformed; input_too_large
 * @example
 * const { algorithm } = await encryptPbes2(utf8('text'), sample.passphrase, 1_000)
 * assert.equal(passphraseScheme(algorithm).name, 'PBES2 AES-256-CBC')
 */
export function passphraseScheme(algorithm: Uint8Array): PassphraseScheme {
  const dotted = oidOf(algorithm)
  if (isPkcs12Scheme(dotted)) return pkcs12Scheme(algorithm)
  return isPbes1Scheme(dotted) ? pbes1Scheme(algorithm) : pbes2Scheme(algorithm)
}

/**
 * The ways that programs have meant one AlgorithmIdentifier in a PKCS #12 file, the standard's first.
 * @throws as {@link passphraseScheme}
 * @example
 * const { algorithm } = await encryptPbes2(utf8('text'), sample.passphrase, 1_000)
 * assert.equal(passphraseReadings(algorithm)[0]?.name, 'PBES2 AES-256-CBC')
 */
export const passphraseReadings = (algorithm: Uint8Array): readonly PassphraseScheme[] =>
  oidOf(algorithm) === PBES2 ? pbes2Readings(algorithm) : [passphraseScheme(algorithm)]

/**
 * Decrypts under any of them. There is no integrity in it: one wrong passphrase in 256 gives nonsense.
 * @throws passphrase_wrong, algorithm_weak for an old cipher unless `dangerOldCiphers`, the reason of `signal`, and as
 *   {@link passphraseScheme}
 * @example
 * const locked = await encryptPbes2(utf8('text'), sample.passphrase, 1_000)
 * assert.equal(fromUtf8(await decryptWithPassphrase(locked, sample.passphrase)), 'text')
 */
export const decryptWithPassphrase = async (
  { algorithm, bytes }: Encrypted,
  passphrase: string,
  options: PassphraseOptions = {},
): Promise<Uint8Array> => decryptUnder(passphraseScheme(algorithm), bytes, passphraseForms(passphrase), options)

const oidOf = (algorithm: Uint8Array): string =>
  DerReader.whole(algorithm, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      const scheme = fields.oid()
      fields.list((rest) => rest.element())
      return scheme
    }),
  )
