import { readPublicKey } from '../algorithms/index.ts'
import { digest } from '../crypto/index.ts'

/**
 * Key identifier of 20 bytes: leftmost 160 bits of SHA-256 over the key bits (RFC 7093 §2, method 1).
 * `spki` is a SubjectPublicKeyInfo, DER.
 * @throws key_malformed, der_malformed
 * @example
 * const { publicKey, extensions } = sample.person.certificate
 * assert.deepEqual(await keyIdentifier(publicKey.spki), extension({ extensions }, 'subjectKeyIdentifier'))
 */
export async function keyIdentifier(spki: Uint8Array): Promise<Uint8Array> {
  const { keyBits } = readPublicKey(spki)
  return (await digest('SHA-256', keyBits)).slice(0, 20)
}
