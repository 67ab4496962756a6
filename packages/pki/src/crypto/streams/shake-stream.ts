// SHAKE (FIPS 202 §6.2) in pieces, the same on both platforms: browsers have none, and what is signed with Ed448 or
// SLH-DSA on SHAKE is seldom large.

import { absorbing } from '../keys/expand/keccak.ts'
import type { DigestStream } from './cipher-stream.ts'

/**
 * SHAKE128 or SHAKE256 over content in pieces, `length` bytes of it.
 * @example
 * const stream = shakeStream(256, 4)
 * stream.update(utf8('ab'))
 * stream.update(utf8('c'))
 * assert.deepEqual(await stream.digest(), await shake256(utf8('abc'), 4))
 */
export function shakeStream(bits: 128 | 256, length: number): DigestStream {
  // The rate is 200 bytes less the capacity, which is twice the strength (§4, §6.2).
  const sponge = absorbing(200 - bits / 4, 0x1f)
  return {
    update: (bytes) => sponge.update(bytes),
    digest: async () => sponge.squeeze().read(length),
  }
}
