// RSASSA-PKCS1-v1_5 with MD5, verified in code of our own: WebCrypto never had MD5, and OpenSSL forbids it where FIPS
// rules. Public numbers only, so the time may tell what it likes.

import type { PublicKeyFacts } from '../../algorithms/index.ts'
import { concat, equal, fromHex, toHex } from '../../bytes/index.ts'
import { md5 } from './md5.ts'

/** Whether the signature, raised to the exponent, is exactly the padded digest (RFC 8017 §8.2.2): compared, not parsed. */
export function verifyRsaMd5({ rsa }: PublicKeyFacts, data: Uint8Array, signature: Uint8Array): boolean {
  const { modulus, exponent } = rsa!
  const [n, e, s] = [modulus, exponent, signature].map(numberOf) as [bigint, bigint, bigint]
  if (signature.length !== modulus.length || s >= n) return false
  const digestInfo = concat(DIGEST_INFO, md5(data))
  const padding = new Uint8Array(modulus.length - digestInfo.length - 3).fill(0xff)
  const expected = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digestInfo)
  return equal(
    fromHex(
      power(s, e, n)
        .toString(16)
        .padStart(2 * modulus.length, '0'),
    ),
    expected,
  )
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`)

// DigestInfo up to the digest (RFC 8017 §9.2 note 1).
const DIGEST_INFO = fromHex('3020300c06082a864886f70d020505000410')
