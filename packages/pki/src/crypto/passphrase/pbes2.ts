// Password-based encryption, PBES2 (RFC 8018 §6.2) with PBKDF2 and AES in CBC mode. PKCS #8 and PKCS #12 share it.

import { engine } from '#engine'
import type { CipherAlgorithm } from '../../algorithms/index.ts'
import { CIPHERS, cipherByOid, digestByName, PBES2, PBKDF2 } from '../../algorithms/index.ts'
import { DerReader, octetString, oid, sequence } from '../../asn1/index.ts'
import { utf8 } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { decryptCbc } from '../danger/cbc.ts'
import { isOldCipher, readOldCipher } from '../danger/old-cipher.ts'
import type { ScryptCost } from '../derivation.ts'
import { scrypt } from '../derivation.ts'
import type { PassphraseDerivation } from './derivation.ts'
import { readDerivation, writePbkdf2, writeScrypt } from './derivation.ts'
import type { PassphraseForms, PassphraseScheme } from './scheme.ts'
import { decryptUnder, passphraseForms } from './scheme.ts'

/** Bytes under a passphrase, and by which scheme. */
export interface Encrypted {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array
  readonly bytes: Uint8Array
}

/**
 * AES-256-CBC under PBKDF2 with HMAC-SHA-256; salt and IV are new each time. The passphrase is taken as UTF-8.
 * @param iterations of PBKDF2, or the cost of scrypt, which browsers lack
 * @throws algorithm_unsupported, encoding_malformed for half a surrogate pair
 * @example
 * const encrypted = await encryptPbes2(utf8('text'), sample.passphrase, 1000)
 * assert.deepEqual(await decryptPbes2(encrypted, sample.passphrase), utf8('text'))
 */
export async function encryptPbes2(
  plain: Uint8Array,
  passphrase: string,
  iterations: number | ScryptCost,
): Promise<Encrypted> {
  const cipher = CIPHERS.at(-1)!
  const prf = digestByName('SHA-256')
  const salt = engine.random(16)
  const iv = engine.random(cipher.ivLength)
  const secret = utf8(passphrase)
  const [derivation, key] =
    typeof iterations === 'number'
      ? [writePbkdf2(prf, salt, iterations), await engine.pbkdf2(prf.name, secret, salt, iterations, cipher.keyLength)]
      : [writeScrypt(iterations, salt), await scrypt(secret, salt, iterations, cipher.keyLength)]
  const algorithm = sequence(oid(PBES2), sequence(derivation, sequence(oid(cipher.oid), octetString(iv))))
  return { algorithm, bytes: await engine.encryptCbc(cipher, key, iv, plain) }
}

/**
 * PBES2 alone; {@link decryptWithPassphrase} takes the other schemes too.
 * @throws passphrase_wrong, algorithm_unsupported, algorithm_weak, input_too_large when the iterations exceed what is done
 * @example
 * const encrypted = await encryptPbes2(utf8('text'), sample.passphrase, 1_000)
 * await assert.rejects(decryptPbes2(encrypted, 'another'), { code: 'passphrase_wrong' })
 */
export const decryptPbes2 = async ({ algorithm, bytes }: Encrypted, passphrase: string): Promise<Uint8Array> =>
  decryptUnder(pbes2Scheme(algorithm), bytes, passphraseForms(passphrase))

/** @throws algorithm_unsupported, der_malformed, input_too_large */
export function pbes2Scheme(algorithm: Uint8Array): PassphraseScheme {
  const parameters = readParameters(algorithm)
  return standardScheme(parameters) ?? fail('der_malformed', { what: 'PBES2 key length', offset: 0 })
}

/**
 * The ways to read PBES2 in a PKCS #12 file, the standard's first. Old NSS gave PBKDF2 the BMP form, and wrote AES-256
 * under the OID of AES-128: there the key length tells.
 * @throws as {@link pbes2Scheme}
 */
export function pbes2Readings(algorithm: Uint8Array): readonly PassphraseScheme[] {
  const parameters = readParameters(algorithm)
  const { derivation, cipher } = parameters
  const row = CIPHERS.find(({ keyLength }) => keyLength === derivation.keyLength)
  const old =
    cipher.weak || !row || derivation.oid !== PBKDF2
      ? []
      : [schemeOf(derivation, aesCipher(row, cipher.iv), (forms) => forms.bmp())]
  const standard = standardScheme(parameters)
  if (!standard && old.length === 0) fail('der_malformed', { what: 'PBES2 key length', offset: 0 })
  return [...(standard ? [standard] : []), ...old]
}

interface Parameters {
  readonly derivation: PassphraseDerivation
  readonly cipher: Cipher
}

interface Cipher {
  readonly name: string
  readonly weak: boolean
  /** In bytes; undefined when the key derivation must say it. */
  readonly keyLength: number | undefined
  readonly iv: Uint8Array
  decrypt(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array | undefined>
}

/** Undefined when derivation and cipher disagree about the length of the key, or neither says it. */
function standardScheme({ derivation, cipher }: Parameters): PassphraseScheme | undefined {
  const keyLength = cipher.keyLength ?? derivation.keyLength ?? 0
  if (keyLength === 0 || keyLength > LONGEST_KEY || (derivation.keyLength ?? keyLength) !== keyLength) return undefined
  return schemeOf(derivation, { ...cipher, keyLength }, (forms) => forms.utf8())
}

const schemeOf = (
  derivation: PassphraseDerivation,
  cipher: Cipher & { readonly keyLength: number },
  form: (passphrase: PassphraseForms) => Uint8Array,
): PassphraseScheme => ({
  name: `PBES2 ${cipher.name}`,
  weak: cipher.weak,
  work: derivation.work(cipher.keyLength),
  async decrypt(passphrase, bytes, signal) {
    return cipher.decrypt(await derivation.derive(form(passphrase), cipher.keyLength, signal), bytes)
  },
})

const readParameters = (algorithm: Uint8Array): Parameters =>
  DerReader.whole(algorithm, 'PBES2', (reader) =>
    reader.sequence((identifier) => {
      const scheme = identifier.oid()
      if (scheme !== PBES2) fail('algorithm_unsupported', { oid: scheme })
      return identifier.sequence((parameters) => ({
        derivation: readDerivation(parameters),
        cipher: parameters.sequence(readCipher),
      }))
    }),
  )

function readCipher(encryption: DerReader): Cipher {
  const dotted = encryption.oid()
  if (isOldCipher(dotted)) {
    const { keyed, ...old } = readOldCipher(dotted, encryption)
    return { ...old, weak: true, decrypt: async (key, bytes) => decryptCbc(keyed(key), old.iv, bytes) }
  }
  const row = cipherByOid(dotted)
  const iv = encryption.octetString()
  return iv.length === row.ivLength ? aesCipher(row, iv) : encryption.malformed()
}

const aesCipher = (row: CipherAlgorithm, iv: Uint8Array): Cipher & { readonly keyLength: number } => ({
  name: row.name,
  weak: false,
  keyLength: row.keyLength,
  iv,
  async decrypt(key, bytes) {
    return bytes.length > 0 && bytes.length % 16 === 0 ? engine.decryptCbc(row, key, iv, bytes) : undefined
  },
})

// RC2's; a length from the file must not decide what is allocated.
const LONGEST_KEY = 128
