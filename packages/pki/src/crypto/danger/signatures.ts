// Signatures that this library does not accept, for reading archives: RFC 4134 and what was signed before 2017. SHA-1
// collides, and a signature made with it proves nothing about who signed what (SHAttered, 2017); of MD5 that is known
// since 2004. Path validation never comes here.

import { engine } from '#engine'
import { readPublicKey } from '../../algorithms/index.ts'
import { nullValue, oid, sequence } from '../../asn1/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { Signing } from '../engine/engine.ts'
import { verifyRsaMd5 } from './rsa-md5.ts'

/** A signature algorithm with a broken digest. It is no `SignatureAlgorithm`, so that it goes nowhere by mistake. */
export interface DangerousSignatureAlgorithm {
  readonly name: 'RSA with SHA-1' | 'ECDSA with SHA-1' | 'RSA with MD5'
  readonly oid: string
  /** The AlgorithmIdentifier. */
  readonly identifier: Uint8Array
  readonly weakness: 'SHA-1 collides' | 'MD5 collides'
}

type Row = DangerousSignatureAlgorithm & { readonly key: 'rsa' | 'ec' }

const ROWS: readonly Row[] = Object.freeze([
  Object.freeze({
    ...({ name: 'RSA with SHA-1', oid: '1.2.840.113549.1.1.5', weakness: 'SHA-1 collides', key: 'rsa' } as const),
    identifier: sequence(oid('1.2.840.113549.1.1.5'), nullValue()), // RFC 3279 §2.2.1
  }),
  Object.freeze({
    ...({ name: 'ECDSA with SHA-1', oid: '1.2.840.10045.4.1', weakness: 'SHA-1 collides', key: 'ec' } as const),
    identifier: sequence(oid('1.2.840.10045.4.1')), // RFC 3279 §2.2.3
  }),
  Object.freeze({
    ...({ name: 'RSA with MD5', oid: '1.2.840.113549.1.1.4', weakness: 'MD5 collides', key: 'rsa' } as const),
    identifier: sequence(oid('1.2.840.113549.1.1.4'), nullValue()), // RFC 3279 §2.2.1
  }),
])

/** All of them. MD2 and DSA have none. */
export const DANGEROUS_SIGNATURES: readonly DangerousSignatureAlgorithm[] = ROWS

/**
 * Whether `signature` is the key's signature over `data` under a broken algorithm. True means that the bytes fit, not
 * that the holder of the key signed them.
 * @param dotted OID of the algorithm
 * @throws algorithm_unsupported for one that is not in DANGEROUS_SIGNATURES, key_mismatch, key_malformed
 * @example
 * const [row] = DANGEROUS_SIGNATURES
 * const { spki } = sample.person.certificate.publicKey
 * await assert.rejects(verifyDangerously(row!.oid, spki, utf8('old'), new Uint8Array(64)), { code: 'key_mismatch' })
 */
export async function verifyDangerously(
  dotted: string,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const row = ROWS.find((one) => one.oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })
  const key = readPublicKey(spki)
  if (key.kind !== row.key) fail('key_mismatch', { what: row.name })
  if (key.rsa && signature.length !== key.rsa.modulus.length) return false
  if (row.weakness === 'MD5 collides') return verifyRsaMd5(key, data, signature)
  try {
    return await engine.verify(forEngine(row), key, spki, data, signature)
  } catch (error) {
    if (isPkiError(error)) throw error
    return fail('key_malformed', { what: 'public key' }, error)
  }
}

const forEngine = ({ name, oid: dotted, key }: Row): Signing => ({
  ...{ name, oid: dotted, digest: 'SHA-1' },
  scheme: key === 'rsa' ? 'pkcs1' : 'ecdsa',
})
