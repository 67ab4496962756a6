import { nullValue, oid, sequence } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'

/** Every digest that the library can compute. */
export type DigestName = 'SHA-1' | `SHA-${224 | 256 | 384 | 512}` | `SHA3-${224 | 256 | 384 | 512}`

/** Digests that signatures may use: 128 bits against collisions. */
export type StrongDigestName = `SHA-${256 | 384 | 512}` | `SHA3-${256 | 384 | 512}`

/** All that the library knows about one digest. */
export interface DigestAlgorithm {
  readonly name: DigestName
  readonly oid: string
  /** Output length in bytes. */
  readonly length: number
  /** Block length in bytes, which HMAC and PKCS #12 key derivation need (RFC 7292 appendix B). */
  readonly block: number
  /** AlgorithmIdentifier with NULL, as PKCS #12, OCSP and RSA write it. */
  readonly identifier: Uint8Array
  /** HMAC with this digest (RFC 8018 appendix B.1; SHA-3 in NIST's arc). */
  readonly hmacOid: string
}

const row = (name: DigestName, dotted: string, length: number, block: number, hmacOid: string): DigestAlgorithm =>
  Object.freeze({
    name,
    oid: dotted,
    length,
    block,
    identifier: sequence(oid(dotted), nullValue()),
    hmacOid,
  })

const sha2 = (bits: 224 | 256 | 384 | 512, arc: number, block: number, hmacArc: number): DigestAlgorithm =>
  row(`SHA-${bits}`, `${NIST_DIGESTS}.${arc}`, bits / 8, block, `${RSA_DIGESTS}.${hmacArc}`)
const sha3 = (bits: 224 | 256 | 384 | 512, arc: number): DigestAlgorithm =>
  row(`SHA3-${bits}`, `${NIST_DIGESTS}.${arc}`, bits / 8, 200 - bits / 4, `${NIST_DIGESTS}.${arc + 6}`)

const NIST_DIGESTS = '2.16.840.1.101.3.4.2'
const RSA_DIGESTS = '1.2.840.113549.2'

/** SHA-1 stands here to name things (OCSP CertID, RFC 6960 §4.1.1); no signature row uses it, nor SHA-224. */
export const DIGESTS: readonly DigestAlgorithm[] = Object.freeze([
  row('SHA-1', '1.3.14.3.2.26', 20, 64, `${RSA_DIGESTS}.7`),
  sha2(224, 4, 64, 8),
  sha2(256, 1, 64, 9),
  sha2(384, 2, 128, 10),
  sha2(512, 3, 128, 11),
  sha3(224, 7), // the block is the rate: 200 bytes less twice the output (FIPS 202 §6.1)
  sha3(256, 8),
  sha3(384, 9),
  sha3(512, 10),
])

const byName = new Map(DIGESTS.map((digest) => [digest.name, digest]))
const byOid = new Map(DIGESTS.map((digest) => [digest.oid, digest]))
const byHmacOid = new Map(DIGESTS.map((digest) => [digest.hmacOid, digest]))

/**
 * The row of a digest.
 * @example
 * assert.equal(digestByName('SHA-384').length, 48)
 */
export const digestByName = (name: DigestName): DigestAlgorithm => byName.get(name)!
/**
 * The row of a digest's OID.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(digestByOid('2.16.840.1.101.3.4.2.1').name, 'SHA-256')
 */
export const digestByOid = (dotted: string): DigestAlgorithm =>
  byOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })
/**
 * The digest of an HMAC's OID (RFC 8018 appendix B.1).
 * @throws algorithm_unsupported
 * @example
 * assert.equal(digestByHmacOid('1.2.840.113549.2.9').name, 'SHA-256')
 */
export const digestByHmacOid = (dotted: string): DigestAlgorithm =>
  byHmacOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })
