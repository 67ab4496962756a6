// AES key wrap (RFC 3394): a key encrypted under a key, with a check of its own.

import { engine } from '#engine'
import type { KeyWrapAlgorithm } from '../algorithms/index.ts'
import { fail } from '../errors/index.ts'

/**
 * Wraps a key; the result is 8 bytes longer.
 * @param key 16 bytes or more, in steps of 8 (RFC 3394 §2)
 * @throws key_mismatch for lengths that do not fit, algorithm_unsupported
 * @example
 * const [kek, key] = [randomBytes(32), randomBytes(32)]
 * const wrapped = await wrapKey(KEY_WRAPS.at(-1)!, kek, key)
 * assert.deepEqual(await unwrapKey(KEY_WRAPS.at(-1)!, kek, wrapped), key)
 */
export async function wrapKey(wrap: KeyWrapAlgorithm, kek: Uint8Array, key: Uint8Array): Promise<Uint8Array> {
  if (kek.length !== wrap.keyLength || !isWrappable(key.length)) fail('key_mismatch', { what: wrap.name })
  return engine.wrapKey(wrap, kek, key)
}

/**
 * Takes a key out of its wrap. A wrong key-encryption key, a changed bit and an impossible length are one error.
 * @throws decryption_failed, key_mismatch for a key-encryption key of another length, algorithm_unsupported
 * @example
 * const wrapped = new Uint8Array(24)
 * await assert.rejects(unwrapKey(KEY_WRAPS[0]!, randomBytes(16), wrapped), { code: 'decryption_failed' })
 */
export async function unwrapKey(wrap: KeyWrapAlgorithm, kek: Uint8Array, wrapped: Uint8Array): Promise<Uint8Array> {
  if (kek.length !== wrap.keyLength) fail('key_mismatch', { what: wrap.name })
  // Bounded before the platform sees it: OpenSSL CVE-2025-9230 and CVE-2026-63072 were about its length.
  if (!isWrappable(wrapped.length - 8)) fail('decryption_failed', {})
  return (await engine.unwrapKey(wrap, kek, wrapped)) ?? fail('decryption_failed', {})
}

const isWrappable = (length: number): boolean => length >= 16 && length % 8 === 0 && length <= LONGEST_KEY
const LONGEST_KEY = 8 * 1024 // an expanded post-quantum private key; symmetric keys have 64 bytes at most
