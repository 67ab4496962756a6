// EncryptedPrivateKeyInfo (RFC 5958 §3): what stands in a file between BEGIN and END ENCRYPTED PRIVATE KEY.

import { DerReader, octetString, sequence } from '../asn1/index.ts'
import { fail, hasCode } from '../errors/index.ts'
import { exportPrivateKey, importPrivateKey } from './keys.ts'
import { decryptPbes2, encryptPbes2 } from './pbes2.ts'
import type { PrivateKey } from './private-key.ts'

export interface EncryptionOptions {
  /** Rounds of PBKDF2. @default 210000 */
  readonly iterations?: number
}

/** PKCS #8 DER under a passphrase: PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256. */
export async function encryptPrivateKey(
  key: PrivateKey,
  passphrase: string,
  options: EncryptionOptions = {},
): Promise<Uint8Array> {
  const plain = await exportPrivateKey(key)
  const { algorithm, bytes } = await encryptPbes2(plain, passphrase, options.iterations ?? DEFAULT_ITERATIONS)
  return sequence(algorithm, octetString(bytes))
}

/** @throws passphrase_wrong, key_malformed, algorithm_unsupported, der_malformed, input_too_large */
export async function decryptPrivateKey(der: Uint8Array, passphrase: string): Promise<PrivateKey> {
  const encrypted = DerReader.whole(der, 'EncryptedPrivateKeyInfo', (reader) =>
    reader.sequence((info) => ({ algorithm: info.element(), bytes: info.octetString() })),
  )
  const plain = await decryptPbes2(encrypted, passphrase)
  try {
    return await importPrivateKey(plain)
  } catch (error) {
    // Right padding by chance, then no key inside: the passphrase was wrong all the same.
    if (hasCode(error, 'key_malformed') && plain[0] !== 0x30) return fail('passphrase_wrong', {})
    throw error
  }
}

// OWASP's figure for a derivation in this place; about a tenth of a second where people unlock their key.
const DEFAULT_ITERATIONS = 210_000
