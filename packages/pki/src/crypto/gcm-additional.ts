// Additional data that arrives after the content. GHASH (NIST SP 800-38D §6.4) runs over additional data first and
// ciphertext second, but it is a polynomial in the hash key H: what the additional data contributes to the tag can be
// computed alone and added. AuthEnvelopedData needs that, since its attributes follow the content (RFC 5083 §2.1).

import { engine } from '#engine'
import type { AeadAlgorithm } from '../algorithms/index.ts'
import { CIPHERS } from '../algorithms/index.ts'
import { bytesOf, elementOf, multiply, power, ZERO } from './streams/gf128.ts'

/**
 * The tag that a message would have without its additional data, from the one it has with it: what a stream that was
 * started without additional data is finished with.
 * @param tag 12 to 16 bytes; the result has the same length
 * @param length of the ciphertext in bytes
 * @throws algorithm_unsupported
 * @example
 * const [key, nonce, additional] = [randomBytes(32), randomBytes(12), utf8('seen')]
 * const encrypted = await encryptGcm(AEADS.at(-1)!, key, nonce, utf8('hidden'), { aad: additional })
 * const tag = await tagWithoutAdditional(AEADS.at(-1)!, key, encrypted.subarray(6), additional, 6)
 * assert.deepEqual(concat(encrypted.subarray(0, 6), tag), await encryptGcm(AEADS.at(-1)!, key, nonce, utf8('hidden')))
 */
export async function tagWithoutAdditional(
  cipher: AeadAlgorithm,
  key: Uint8Array,
  tag: Uint8Array,
  additional: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  // H is the block of zeros, encrypted: the first block of CBC over it with an IV of zeros.
  const cbc = CIPHERS.find(({ keyLength }) => keyLength === cipher.keyLength)!
  const hashKey = elementOf(await engine.encryptCbc(cbc, key, new Uint8Array(16), new Uint8Array(16)))
  let sum = ZERO
  for (let at = 0; at < additional.length; at += 16) {
    sum = multiply(sum ^ elementOf(additional.subarray(at, at + 16)), hashKey)
  }
  // One product for each block of ciphertext and one for the block of lengths, which holds the length of both.
  const blocks = BigInt(Math.ceil(length / 16) + 1)
  const lengths = multiply(BigInt(additional.length * 8) << 64n, hashKey)
  const share = bytesOf(multiply(sum, power(hashKey, blocks)) ^ lengths)
  return tag.map((octet, i) => octet ^ share[i]!)
}
