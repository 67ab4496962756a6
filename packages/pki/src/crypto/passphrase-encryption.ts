// Whatever AlgorithmIdentifier of password-based encryption a file has, and its name for people.

import { DerReader } from '../asn1/index.ts'
import { isPbes1Scheme, pbes1Scheme } from './danger/pbes1-scheme.ts'
import { isPkcs12Scheme, pkcs12Scheme } from './danger/pkcs12-scheme.ts'
import type { PassphraseOptions, PassphraseScheme } from './passphrase-scheme.ts'
import { decryptUnder, passphraseForms } from './passphrase-scheme.ts'
import type { Encrypted } from './pbes2.ts'
import { pbes2Scheme } from './pbes2.ts'

/**
 * Reads an AlgorithmIdentifier (DER) of PBES2, PBES1 or PKCS #12: what the file is under, before anybody types.
 * @throws algorithm_unsupported with the OID of another scheme, cipher or digest; der_malformed; input_too_large
 */
export function passphraseScheme(algorithm: Uint8Array): PassphraseScheme {
  const dotted = DerReader.whole(algorithm, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      const scheme = fields.oid()
      fields.list((rest) => rest.element())
      return scheme
    }),
  )
  if (isPkcs12Scheme(dotted)) return pkcs12Scheme(algorithm)
  return isPbes1Scheme(dotted) ? pbes1Scheme(algorithm) : pbes2Scheme(algorithm)
}

/**
 * Decrypts under any of them. There is no integrity in it: one wrong passphrase in 256 gives nonsense.
 * @throws passphrase_wrong, algorithm_weak for an old cipher unless `dangerOldCiphers`, and as {@link passphraseScheme}
 */
export const decryptWithPassphrase = (
  { algorithm, bytes }: Encrypted,
  passphrase: string,
  options: PassphraseOptions = {},
): Promise<Uint8Array> => decryptUnder(passphraseScheme(algorithm), bytes, passphraseForms(passphrase), options)
