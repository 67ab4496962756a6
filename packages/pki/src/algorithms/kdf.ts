import { fail } from '../errors/index.ts'
import type { DigestName } from './digest.ts'

/** HKDF (RFC 5869) as CMS names it (RFC 8619 §2); the identifier's parameters are absent. */
export interface HkdfAlgorithm {
  readonly name: `HKDF with ${DigestName}`
  readonly oid: string
  readonly digest: DigestName
}

const hkdf = (digest: DigestName, arc: number): HkdfAlgorithm =>
  Object.freeze({ name: `HKDF with ${digest}`, oid: `1.2.840.113549.1.9.16.3.${arc}`, digest })

/** HKDF with each digest that CMS names. The first row is what this library writes. */
export const HKDFS: readonly HkdfAlgorithm[] = Object.freeze([
  hkdf('SHA-256', 28),
  hkdf('SHA-384', 29),
  hkdf('SHA-512', 30),
])

/**
 * The row of an HKDF's OID.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(hkdfByOid('1.2.840.113549.1.9.16.3.28').digest, 'SHA-256')
 */
export const hkdfByOid = (dotted: string): HkdfAlgorithm =>
  HKDFS.find(({ oid }) => oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })
