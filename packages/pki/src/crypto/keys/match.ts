import { readPublicKey } from '../../algorithms/index.ts'
import { equal, toHex } from '../../bytes/index.ts'
import { digest } from '../digests.ts'
import type { AnyPrivateKey } from './private-key.ts'

/**
 * Whether a public key, SubjectPublicKeyInfo in DER, is the private key's. The time tells nothing about the key.
 * @throws key_malformed, der_malformed when it is no public key
 * @example
 * assert.equal(keyMatches(sample.person.key, sample.person.certificate.publicKey.spki), true)
 * assert.equal(keyMatches(sample.root.key, sample.person.certificate.publicKey.spki), false)
 */
export function keyMatches(key: Pick<AnyPrivateKey, 'publicKey'>, spki: Uint8Array): boolean {
  readPublicKey(spki)
  return equal(key.publicKey, spki)
}

/**
 * SHA-256 over a SubjectPublicKeyInfo, 64 lower-case hexadecimal digits: the same as
 * `openssl pkey -pubin -outform DER | sha256sum`, and what pins and blocked keys are named by (RFC 7469 §2.4).
 * @throws key_malformed, der_malformed
 * @example
 * const { spki } = sample.person.certificate.publicKey
 * assert.match(await publicKeyFingerprint(spki), /^[0-9a-f]{64}$/)
 */
export async function publicKeyFingerprint(spki: Uint8Array): Promise<string> {
  readPublicKey(spki)
  return toHex(await digest('SHA-256', spki))
}
