import { engine } from '#engine'
import type { KemAlgorithm, PublicKeyFacts } from '../algorithms/index.ts'
import { kemByOid, readPublicKey } from '../algorithms/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import type { Encapsulated } from './engine/engine.ts'
import type { Key } from './key.ts'
import { factsOf } from './keys/private-key.ts'
import { answered, verbOf } from './verb-of.ts'

export type { Encapsulated } from './engine/engine.ts'

/**
 * A new shared secret of 32 bytes and the ciphertext that brings it to the holder of an ML-KEM key (FIPS 203 §7.2).
 * @param spki SubjectPublicKeyInfo, DER (RFC 9935 §3)
 * @throws key_mismatch for keys of another kind, key_malformed for one whose numbers are not reduced, algorithm_unsupported
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('ml-kem-768')
 * const { sharedSecret, ciphertext } = await encapsulate(publicKey)
 * assert.deepEqual(await decapsulate(privateKey, ciphertext), sharedSecret)
 */
export async function encapsulate(spki: Uint8Array): Promise<Encapsulated> {
  const row = kemOf(readPublicKey(spki))
  try {
    return await engine.encapsulate(row, spki)
  } catch (error) {
    if (isPkiError(error)) throw error
    return fail('key_malformed', { what: row.name }, error)
  }
}

/**
 * The shared secret in a ciphertext (FIPS 203 §7.3). A ciphertext that was not made for this key gives another secret
 * and no error: what is encrypted under it then fails to decrypt.
 * @throws key_mismatch for keys of another kind, key_incapable for one that does not where it is, decryption_failed for a ciphertext
 *   of another length, key_unavailable, algorithm_unsupported
 * @example
 * const { privateKey } = await generateKeyPair('ml-kem-512')
 * assert.equal((await decapsulate(privateKey, new Uint8Array(768))).length, 32)
 */
export async function decapsulate(key: Key, ciphertext: Uint8Array): Promise<Uint8Array> {
  const row = kemOf(factsOf(key))
  // Before the platform sees it: openssl/openssl#31259 read past a short one.
  if (ciphertext.length !== row.ciphertextLength) fail('decryption_failed', {})
  const ask = verbOf(key, 'decapsulate')
  const failed = (error?: unknown): never => fail('decryption_failed', {}, error)
  const secret = await answered(() => ask(ciphertext), failed)
  return secret.length === row.secretLength ? secret : failed()
}

const kemOf = ({ kind, oid }: PublicKeyFacts): KemAlgorithm =>
  kind === 'ml-kem' ? kemByOid(oid) : fail('key_mismatch', { what: 'key encapsulation' })
