// Key agreement schemes of CMS: ECDH on NIST curves with the KDF of X9.63 (RFC 5753 §7.1.4, RFC 5912), X25519 and X448
// with HKDF (RFC 8418 §2). The identifier's parameter is the key wrap algorithm. On these curves the cofactor is one, so
// cofactor schemes compute the same. SHA-1 in the KDF is what OpenSSL writes unless told otherwise; nothing here depends
// on collisions. MQV schemes have no row.

import { fail } from '../errors/index.ts'
import type { DigestName } from './digest.ts'

/** All that the library knows about one key agreement scheme. */
export interface KeyAgreementAlgorithm {
  readonly name: string
  readonly oid: string
  readonly kdf: 'X9.63' | 'HKDF'
  /** Digest of the KDF. */
  readonly digest: DigestName
}

const scheme = (kdf: 'X9.63' | 'HKDF', digest: DigestName, oid: string, cofactor = ''): KeyAgreementAlgorithm =>
  Object.freeze({ name: `ECDH with ${kdf} ${digest}${cofactor}`, oid, kdf, digest })

/** Every scheme. Those with SHA-1 and SHA-224, and the cofactor ones, are read and never written. */
export const KEY_AGREEMENTS: readonly KeyAgreementAlgorithm[] = Object.freeze([
  scheme('X9.63', 'SHA-256', '1.3.132.1.11.1'),
  scheme('X9.63', 'SHA-384', '1.3.132.1.11.2'),
  scheme('X9.63', 'SHA-512', '1.3.132.1.11.3'),
  scheme('HKDF', 'SHA-256', '1.2.840.113549.1.9.16.3.19'),
  scheme('HKDF', 'SHA-384', '1.2.840.113549.1.9.16.3.20'),
  scheme('HKDF', 'SHA-512', '1.2.840.113549.1.9.16.3.21'),
  scheme('X9.63', 'SHA-1', '1.3.133.16.840.63.0.2'),
  scheme('X9.63', 'SHA-224', '1.3.132.1.11.0'),
  scheme('X9.63', 'SHA-1', '1.3.133.16.840.63.0.3', ' (cofactor)'),
  scheme('X9.63', 'SHA-224', '1.3.132.1.14.0', ' (cofactor)'),
  scheme('X9.63', 'SHA-256', '1.3.132.1.14.1', ' (cofactor)'),
  scheme('X9.63', 'SHA-384', '1.3.132.1.14.2', ' (cofactor)'),
  scheme('X9.63', 'SHA-512', '1.3.132.1.14.3', ' (cofactor)'),
])

/**
 * The row of a scheme's OID.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(keyAgreementByOid('1.3.132.1.11.1').name, 'ECDH with X9.63 SHA-256')
 */
export const keyAgreementByOid = (dotted: string): KeyAgreementAlgorithm =>
  KEY_AGREEMENTS.find(({ oid }) => oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })
