// RSASSA-PKCS1-v1_5 with MD5, verified in code of our own: WebCrypto never had MD5, and OpenSSL forbids it where FIPS
// rules.

import type { PublicKeyFacts } from '../../algorithms/index.ts'
import { concat, equal, fromHex } from '../../bytes/index.ts'
import { rsaPublic } from '../rsa/public.ts'
import { md5 } from './md5.ts'

/** Whether the signature, raised to the exponent, is exactly the padded digest (RFC 8017 §8.2.2, §9.2): compared, not parsed. */
export function verifyRsaMd5({ rsa }: PublicKeyFacts, data: Uint8Array, signature: Uint8Array): boolean {
  const size = rsa!.modulus.length
  const digestInfo = concat(DIGEST_INFO, md5(data))
  // "If emLen < tLen + 11": a key for which nothing can be signed so.
  if (signature.length !== size || size < digestInfo.length + 11) return false
  const padding = new Uint8Array(size - digestInfo.length - 3).fill(0xff)
  const expected = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digestInfo)
  const block = rsaPublic(rsa!, signature)
  return block !== undefined && equal(block, expected)
}

// DigestInfo up to the digest (RFC 8017 §9.2 note 1).
const DIGEST_INFO = fromHex('3020300c06082a864886f70d020505000410')
