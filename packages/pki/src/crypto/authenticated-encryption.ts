// AES-GCM in one piece (NIST SP 800-38D; in CMS RFC 5084). Nothing decrypted leaves before its tag was checked.

import { engine } from '#engine'
import type { AeadAlgorithm } from '../algorithms/index.ts'
import { fail } from '../errors/index.ts'

/** What goes with a message of AES-GCM. */
export interface GcmOptions {
  /** What the tag covers without being encrypted. @default nothing */
  readonly aad?: Uint8Array
  /** In bytes, 12 to 16. Shorter ones are for messages of others. @default 16 */
  readonly tagLength?: number
}

/**
 * Encrypts; the result is the ciphertext, as long as `data`, then the tag. A nonce is used once in the life of a key.
 * @param nonce 12 bytes
 * @throws key_mismatch for a key or nonce of another length, algorithm_unsupported
 * @example
 * const [key, nonce] = [randomBytes(32), randomBytes(12)]
 * const encrypted = await encryptGcm(AEADS.at(-1)!, key, nonce, utf8('hidden'), { aad: utf8('seen') })
 * assert.equal(encrypted.length, 6 + 16)
 */
export async function encryptGcm(
  cipher: AeadAlgorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  data: Uint8Array,
  options: GcmOptions = {},
): Promise<Uint8Array> {
  return engine.encryptGcm(cipher, key, nonce, data, checkedGcm(cipher, key, nonce, options))
}

/**
 * Decrypts ciphertext and tag. Key, nonce, additional data or a single bit being other is one error.
 * @throws decryption_failed, key_mismatch for a key or nonce of another length, algorithm_unsupported
 * @example
 * const [key, nonce] = [randomBytes(16), randomBytes(12)]
 * const encrypted = await encryptGcm(AEADS[0]!, key, nonce, utf8('hidden'))
 * assert.deepEqual(await decryptGcm(AEADS[0]!, key, nonce, encrypted), utf8('hidden'))
 */
export async function decryptGcm(
  cipher: AeadAlgorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  encrypted: Uint8Array,
  options: GcmOptions = {},
): Promise<Uint8Array> {
  const about = checkedGcm(cipher, key, nonce, options)
  if (encrypted.length < about.tagLength) fail('decryption_failed', {})
  return (await engine.decryptGcm(cipher, key, nonce, encrypted, about)) ?? fail('decryption_failed', {})
}

export function checkedGcm(
  cipher: AeadAlgorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  options: GcmOptions,
): Required<GcmOptions> {
  const { aad = NOTHING, tagLength = LONGEST_TAG } = options
  if (key.length !== cipher.keyLength) fail('key_mismatch', { what: cipher.name })
  // Another length takes a detour through GHASH that loses the guarantee of never repeating (SP 800-38D §8.2).
  if (nonce.length !== cipher.nonceLength) fail('key_mismatch', { what: 'nonce' })
  // A short tag is guessed: Bouncy Castle CVE-2026-12802. RFC 5084 §3.2 allows 12 to 16.
  if (!(tagLength >= SHORTEST_TAG && tagLength <= LONGEST_TAG)) fail('key_mismatch', { what: 'tag length' })
  return { aad, tagLength }
}

const NOTHING = new Uint8Array()
const SHORTEST_TAG = 12
const LONGEST_TAG = 16
