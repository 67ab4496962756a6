// Digests that signed content is hashed with: those of certificates, and SHAKE, which RFC 8419, RFC 9814 and RFC 9882 use
// with the lengths of RFC 8702 §3.1.

import type { DigestName } from '../../algorithms/index.ts'
import { digestByName, digestByOid } from '../../algorithms/index.ts'
import { oid, sequence } from '../../asn1/index.ts'
import type { DigestStream } from '../../crypto/index.ts'
import { digestStream, shakeStream } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'

export type MessageDigestName = DigestName | 'SHAKE128' | 'SHAKE256'

const SHAKES = { SHAKE128: '2.16.840.1.101.3.4.2.11', SHAKE256: '2.16.840.1.101.3.4.2.12' } as const

/** @throws algorithm_unsupported; algorithm_weak for those that collide, unless old ones are asked for */
export function messageDigestByOid(dotted: string, old: boolean): MessageDigestName {
  if (dotted === SHAKES.SHAKE128) return 'SHAKE128'
  if (dotted === SHAKES.SHAKE256) return 'SHAKE256'
  const { name } = digestByOid(dotted)
  if (name === 'SHA-1' && !old) fail('algorithm_weak', { name })
  return name
}

/** As this library writes it: parameters absent (RFC 5754 §2, RFC 8702 §3.1). */
export const digestIdentifier = (name: MessageDigestName): Uint8Array =>
  sequence(oid(name === 'SHAKE128' || name === 'SHAKE256' ? SHAKES[name] : digestByName(name).oid))

/** @throws algorithm_unsupported when the platform lacks it */
export function messageDigestStream(name: MessageDigestName): DigestStream {
  if (name === 'SHAKE128') return shakeStream(128, 32)
  if (name === 'SHAKE256') return shakeStream(256, 64)
  return digestStream(name)
}
