// Ciphers and digests over content of any length, in constant memory on both platforms.

import { engine } from '#engine'
import type { AeadAlgorithm, CipherAlgorithm, DigestName } from '../../algorithms/index.ts'
import { fail } from '../../errors/index.ts'
import type { GcmOptions } from '../authenticated-encryption.ts'
import { checkedGcm } from '../authenticated-encryption.ts'
import type { CipherStream, DigestStream } from './cipher-stream.ts'

/** Octets that AES-GCM encrypts at most under one nonce: 2³² − 2 blocks, just under 64 GiB (SP 800-38D §5.2.1.1). */
export const LONGEST_GCM: number = (2 ** 32 - 2) * 16

/**
 * Encrypts in pieces with AES in CBC mode (padding at the end) or GCM (the tag at the end).
 * @param iv of CBC 16 bytes, never foreseeable; nonce of GCM 12 bytes, used once in the life of a key
 * @throws key_mismatch for a key, IV or nonce of another length, input_too_large beyond {@link LONGEST_GCM},
 *   algorithm_unsupported
 * @example
 * const [key, nonce] = [randomBytes(32), randomBytes(12)]
 * const stream = await encryptStream(AEADS.at(-1)!, key, nonce)
 * const parts = [await stream.update(utf8('hid')), await stream.update(utf8('den'))]
 * const { bytes, tag } = await stream.finish()
 * assert.deepEqual(concat(...parts, bytes, tag!), await encryptGcm(AEADS.at(-1)!, key, nonce, utf8('hidden')))
 */
export async function encryptStream(
  cipher: CipherAlgorithm | AeadAlgorithm,
  key: Uint8Array,
  iv: Uint8Array,
  options: GcmOptions = {},
): Promise<CipherStream> {
  if ('ivLength' in cipher) return engine.encryptCbcStream(checkedCbc(cipher, key, iv), key, iv)
  return bounded(await engine.encryptGcmStream(cipher, key, iv, checkedGcm(cipher, key, iv, options)))
}

/**
 * Decrypts in pieces. Nothing of it is to be used before `finish` is fulfilled: of CBC that says little, of GCM all.
 * @throws key_mismatch, input_too_large, algorithm_unsupported; `finish` throws decryption_failed
 * @example
 * const [key, nonce] = [randomBytes(32), randomBytes(12)]
 * const encrypted = await encryptGcm(AEADS.at(-1)!, key, nonce, utf8('hidden'))
 * const stream = await decryptStream(AEADS.at(-1)!, key, nonce)
 * const first = await stream.update(encrypted.subarray(0, 6))
 * const { bytes } = await stream.finish(encrypted.subarray(6))
 * assert.deepEqual(concat(first, bytes), utf8('hidden'))
 */
export async function decryptStream(
  cipher: CipherAlgorithm | AeadAlgorithm,
  key: Uint8Array,
  iv: Uint8Array,
  options: GcmOptions = {},
): Promise<CipherStream> {
  if ('ivLength' in cipher) return engine.decryptCbcStream(checkedCbc(cipher, key, iv), key, iv)
  return bounded(await engine.decryptGcmStream(cipher, key, iv, checkedGcm(cipher, key, iv, options)))
}

/**
 * A digest over content in pieces.
 * @throws algorithm_unsupported: browsers have SHA-256, SHA-384 and SHA-512 in pieces
 * @example
 * const stream = digestStream('SHA-256')
 * for (const part of ['a', 'b', 'c']) stream.update(utf8(part))
 * assert.deepEqual(await stream.digest(), await digest('SHA-256', utf8('abc')))
 */
export const digestStream = (name: DigestName): DigestStream => engine.digestStream(name)

/**
 * HMAC (RFC 2104) over content in pieces.
 * @throws algorithm_unsupported
 * @example
 * const stream = hmacStream('SHA-256', utf8('Jefe'))
 * stream.update(utf8('what do ya want '))
 * stream.update(utf8('for nothing?'))
 * assert.deepEqual(await stream.digest(), await hmac('SHA-256', utf8('Jefe'), utf8('what do ya want for nothing?')))
 */
export const hmacStream = (name: DigestName, key: Uint8Array): DigestStream => engine.hmacStream(name, key)

function checkedCbc(cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array): CipherAlgorithm {
  if (key.length !== cipher.keyLength) fail('key_mismatch', { what: cipher.name })
  return iv.length === cipher.ivLength ? cipher : fail('key_mismatch', { what: 'IV' })
}

/** Beyond its bound the counter would come round, and the keystream with it. */
function bounded(stream: CipherStream): CipherStream {
  let left = LONGEST_GCM
  return {
    update(bytes) {
      left -= bytes.length
      return left < 0 ? fail('input_too_large', { what: 'AES-GCM', limit: LONGEST_GCM }) : stream.update(bytes)
    },
    finish: (tag) => stream.finish(tag),
  }
}
