// Key wrap of the password recipient (RFC 3211 §2.3): the key, its length and three check octets, encrypted twice over
// in CBC mode so that every octet depends on all of them. The padding is random and the mode adds none.

import { engine } from '#engine'
import type { CipherAlgorithm } from '../algorithms/index.ts'
import { concat } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'

/**
 * Wraps a key under one that was derived from a passphrase.
 * @param iv one block, which goes into the algorithm identifier
 * @param key 3 to 255 bytes
 * @throws key_mismatch for lengths that do not fit
 * @example
 * const [kek, iv, key] = [randomBytes(32), randomBytes(16), randomBytes(32)]
 * const wrapped = await wrapKeyTwice(CIPHERS.at(-1)!, kek, iv, key)
 * assert.deepEqual(await unwrapKeyTwice(CIPHERS.at(-1)!, kek, iv, wrapped), key)
 */
export async function wrapKeyTwice(
  cipher: CipherAlgorithm,
  kek: Uint8Array,
  iv: Uint8Array,
  key: Uint8Array,
): Promise<Uint8Array> {
  checkLengths(cipher, kek, iv)
  if (key.length < 3 || key.length > 255) fail('key_mismatch', { what: 'PWRI-KEK' })
  const check = key.subarray(0, 3).map((octet) => ~octet)
  const used = 4 + key.length
  // "at least two blocks" (§2.3.1)
  const padding = engine.random(Math.max(2 * BLOCK, Math.ceil(used / BLOCK) * BLOCK) - used)
  const once = await encrypt(cipher, kek, iv, concat(Uint8Array.of(key.length), check, key, padding))
  return encrypt(cipher, kek, once.slice(-BLOCK), once)
}

/**
 * Takes a key out of that wrap. A wrong passphrase, a changed bit and an impossible length are one error; three check
 * octets let one wrong passphrase in sixteen millions through.
 * @throws decryption_failed; key_mismatch for a key or IV of another length
 * @example
 * const wrapped = new Uint8Array(32)
 * const opened = unwrapKeyTwice(CIPHERS[0]!, new Uint8Array(16), new Uint8Array(16), wrapped)
 * await assert.rejects(opened, { code: 'decryption_failed' })
 */
export async function unwrapKeyTwice(
  cipher: CipherAlgorithm,
  kek: Uint8Array,
  iv: Uint8Array,
  wrapped: Uint8Array,
): Promise<Uint8Array> {
  checkLengths(cipher, kek, iv)
  // OpenSSL CVE-2025-9230 and CVE-2026-9076 read beyond what a short one holds.
  if (wrapped.length < 2 * BLOCK || wrapped.length > LONGEST || wrapped.length % BLOCK !== 0)
    fail('decryption_failed', {})
  // The last block decrypts by the one before it, and is then the IV that the second pass had started with.
  const last = wrapped.length - BLOCK
  const middle = await decrypt(cipher, kek, wrapped.slice(last - BLOCK, last), wrapped.subarray(last))
  const once = await decrypt(cipher, kek, middle, wrapped)
  const plain = await decrypt(cipher, kek, iv, once)
  const length = plain[0]!
  let wrong = length < 3 || 4 + length > plain.length ? 1 : 0
  for (let i = 0; i < 3; i++) wrong |= plain[1 + i]! ^ (~plain[4 + i]! & 0xff)
  return wrong === 0 ? plain.slice(4, 4 + length) : fail('decryption_failed', {})
}

function checkLengths(cipher: CipherAlgorithm, kek: Uint8Array, iv: Uint8Array): void {
  if (kek.length !== cipher.keyLength) fail('key_mismatch', { what: cipher.name })
  if (iv.length !== cipher.ivLength) fail('key_mismatch', { what: 'IV' })
}

/** CBC without padding: the block that the platform adds is dropped. */
const encrypt = async (cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array, blocks: Uint8Array) =>
  (await engine.encryptCbc(cipher, key, iv, blocks)).slice(0, blocks.length)

/** The same: the block that the platform looks for is made, the one that follows these and decrypts to padding alone. */
async function decrypt(cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array, blocks: Uint8Array) {
  const padding = await engine.encryptCbc(cipher, key, blocks.slice(-BLOCK), new Uint8Array(0))
  return (await engine.decryptCbc(cipher, key, iv, concat(blocks, padding))) ?? fail('decryption_failed', {})
}

const BLOCK = 16
const LONGEST = 272 // 4 + 255 octets in whole blocks
