import { nullValue, oid, sequence } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'

export type DigestName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** All that the library knows about one digest. */
export interface DigestAlgorithm {
  readonly name: DigestName
  readonly oid: string
  /** Output length in bytes. */
  readonly length: number
  /** Block length in bytes, which PKCS #12 key derivation needs (RFC 7292 appendix B). */
  readonly block: number
  /** AlgorithmIdentifier with NULL, as PKCS #12, OCSP and RSA write it. */
  readonly identifier: Uint8Array
  /** HMAC with this digest (RFC 8018 appendix B.1). */
  readonly hmacOid: string
}

const row = (name: DigestName, dotted: string, length: number, block: number, hmacArc: number): DigestAlgorithm =>
  Object.freeze({
    name,
    oid: dotted,
    length,
    block,
    identifier: sequence(oid(dotted), nullValue()),
    hmacOid: `1.2.840.113549.2.${hmacArc}`,
  })

/** SHA-1 stands here to name things (OCSP CertID, RFC 6960 §4.1.1); no signature row uses it. */
export const DIGESTS: readonly DigestAlgorithm[] = Object.freeze([
  row('SHA-1', '1.3.14.3.2.26', 20, 64, 7),
  row('SHA-256', '2.16.840.1.101.3.4.2.1', 32, 64, 9),
  row('SHA-384', '2.16.840.1.101.3.4.2.2', 48, 128, 10),
  row('SHA-512', '2.16.840.1.101.3.4.2.3', 64, 128, 11),
])

const byName = new Map(DIGESTS.map((digest) => [digest.name, digest]))
const byOid = new Map(DIGESTS.map((digest) => [digest.oid, digest]))
const byHmacOid = new Map(DIGESTS.map((digest) => [digest.hmacOid, digest]))

export const digestByName = (name: DigestName): DigestAlgorithm => byName.get(name)!
/** @throws algorithm_unsupported */
export const digestByOid = (dotted: string): DigestAlgorithm =>
  byOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })
/** The digest of an HMAC. @throws algorithm_unsupported */
export const digestByHmacOid = (dotted: string): DigestAlgorithm =>
  byHmacOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })
