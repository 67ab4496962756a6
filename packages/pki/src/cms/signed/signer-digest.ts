// The digest that stands for the content under each signature algorithm.

import type { SignatureAlgorithm } from '../../algorithms/index.ts'
import type { MessageDigestName } from './message-digest.ts'

/** That of the algorithm, or the one that its standard for CMS gives to algorithms that hash by themselves. */
export function messageDigestOf({ digest, key, name }: SignatureAlgorithm): MessageDigestName {
  if (digest) return digest
  if (key === 'ed448') return 'SHAKE256' // RFC 8419 §3.1
  if (key !== 'slh-dsa') return 'SHA-512' // Ed25519: RFC 8419 §3.1; ML-DSA: RFC 9882 §3.3
  // SLH-DSA: RFC 9814 §4, the hash function of the parameter set.
  const small = name.includes('-128')
  if (name.includes('SHAKE')) return small ? 'SHAKE128' : 'SHAKE256'
  return small ? 'SHA-256' : 'SHA-512'
}
