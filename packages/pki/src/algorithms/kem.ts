// Key encapsulation: ML-KEM (FIPS 203), as certificates (RFC 9935) and CMS (RFC 9936) name it. The parameters of its
// identifier are absent.

import { fail } from '../errors/index.ts'
import type { RawKey } from './raw-key.ts'
import { RAW_KEYS } from './raw-key.ts'

/** All that the library knows about one way of encapsulating keys. */
export interface KemAlgorithm {
  readonly name: `ML-KEM-${512 | 768 | 1024}`
  readonly oid: string
  /** Of the public key in bytes. */
  readonly keyLength: number
  /** Of the ciphertext in bytes, always the same. */
  readonly ciphertextLength: number
  /** Of the shared secret in bytes. */
  readonly secretLength: 32
}

const row = ({ bits, oid, length, output }: RawKey): KemAlgorithm =>
  Object.freeze({
    name: `ML-KEM-${bits as 512 | 768 | 1024}`,
    oid,
    keyLength: length,
    ciphertextLength: output,
    secretLength: 32,
  })

/** ML-KEM in its three sizes. */
export const KEMS: readonly KemAlgorithm[] = Object.freeze(RAW_KEYS.filter(({ kind }) => kind === 'ml-kem').map(row))

/**
 * The row of a key's OID.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(kemByOid('2.16.840.1.101.3.4.4.2').name, 'ML-KEM-768')
 */
export const kemByOid = (dotted: string): KemAlgorithm =>
  KEMS.find(({ oid }) => oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })
