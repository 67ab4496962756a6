// EncryptedPrivateKeyInfo (RFC 5958 §3): what stands in a file between BEGIN and END ENCRYPTED PRIVATE KEY.

import { checkDer, DerReader, octetString, sequence } from '../../asn1/index.ts'
import { fail, hasCode } from '../../errors/index.ts'
import { decryptWithPassphrase } from '../passphrase/encryption.ts'
import type { Encrypted } from '../passphrase/pbes2.ts'
import { encryptPbes2 } from '../passphrase/pbes2.ts'
import type { PassphraseOptions } from '../passphrase/scheme.ts'
import type { ExportOptions } from './export.ts'
import { exportPrivateKey } from './export.ts'
import type { Imported, ImportOptions } from './import.ts'
import { importPrivateKey } from './import.ts'
import type { AnyPrivateKey } from './private-key.ts'

/** How {@link encryptPrivateKey} protects a key. */
export interface EncryptionOptions extends ExportOptions {
  /** Rounds of PBKDF2. @default 210000 */
  readonly iterations?: number
  /** scrypt instead of PBKDF2, which costs an attacker memory too. Browsers lack it. @default 'pbkdf2' */
  readonly derivation?: 'pbkdf2' | 'scrypt'
}

/**
 * PKCS #8 DER under a passphrase: PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256 unless the options say otherwise.
 * @throws algorithm_unsupported for scrypt in browsers; key_malformed as `exportPrivateKey`
 * @example
 * const locked = await encryptPrivateKey(sample.person.key, sample.passphrase)
 * const opened = await decryptPrivateKey(locked, sample.passphrase)
 * assert.equal(keyMatches(opened, sample.person.certificate.publicKey.spki), true)
 */
export async function encryptPrivateKey(
  key: AnyPrivateKey,
  passphrase: string,
  options: EncryptionOptions = {},
): Promise<Uint8Array> {
  const plain = await exportPrivateKey(key, options)
  const { algorithm, bytes } = await encryptPbes2(
    plain,
    passphrase,
    options.derivation === 'scrypt' ? SCRYPT_COST : (options.iterations ?? DEFAULT_ITERATIONS),
  )
  return sequence(algorithm, octetString(bytes))
}

/** What {@link decryptPrivateKey} opens: old ciphers and keys that Scel does not make, on request. */
export interface DecryptionOptions extends ImportOptions, PassphraseOptions {}

/**
 * Opens what {@link encryptPrivateKey} writes, and what others write: PBES2 with AES-CBC under PBKDF2 or scrypt, and on request the old
 * schemes.
 * @throws passphrase_wrong, key_malformed, algorithm_unsupported, der_malformed, input_too_large; algorithm_weak for an
 *   old cipher unless `dangerOldCiphers`
 * @example
 * const locked = await encryptPrivateKey(sample.person.key, sample.passphrase)
 * await assert.rejects(decryptPrivateKey(locked, 'another'), { code: 'passphrase_wrong' })
 */
export async function decryptPrivateKey<Options extends DecryptionOptions = Record<never, never>>(
  der: Uint8Array,
  passphrase: string,
  options?: Options,
): Promise<Imported<Options>> {
  const plain = await decryptWithPassphrase(readEncrypted(der), passphrase, options)
  try {
    return await importPrivateKey(plain, options)
  } catch (error) {
    // Right padding by chance, then nonsense inside: the passphrase was wrong all the same.
    if (hasCode(error, 'key_malformed') && !isDer(plain)) return fail('passphrase_wrong', {})
    throw error
  }
}

function isDer(bytes: Uint8Array): boolean {
  try {
    checkDer(bytes, 'PrivateKeyInfo')
    return true
  } catch {
    return false
  }
}

const readEncrypted = (der: Uint8Array): Encrypted =>
  DerReader.whole(der, 'EncryptedPrivateKeyInfo', (reader) =>
    reader.sequence((info) => ({ algorithm: info.element(), bytes: info.octetString() })),
  )

// OWASP's figure for a derivation in this place; about a tenth of a second where people unlock their key.
const DEFAULT_ITERATIONS = 210_000
// OWASP's figure again, in the form that takes 16 MiB: OpenSSL opens no file that asks for 32.
const SCRYPT_COST = { N: 2 ** 14, r: 8, p: 5 }
