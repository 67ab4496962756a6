import { fail } from '../errors/index.ts'

/** Block ciphers in CBC mode, as PBES2 (RFC 8018 §6.2) names them; the IV is the parameter. */
export interface CipherAlgorithm {
  readonly name: 'AES-128-CBC' | 'AES-192-CBC' | 'AES-256-CBC'
  readonly oid: string
  /** Length in bytes. */
  readonly keyLength: 16 | 24 | 32
  readonly ivLength: 16
}

const aes = (bits: 128 | 192 | 256, keyLength: 16 | 24 | 32, arc: number): CipherAlgorithm =>
  Object.freeze({ name: `AES-${bits}-CBC`, oid: `2.16.840.1.101.3.4.1.${arc}`, keyLength, ivLength: 16 })

/** The last row is what this library writes. */
export const CIPHERS: readonly CipherAlgorithm[] = Object.freeze([aes(128, 16, 2), aes(192, 24, 22), aes(256, 32, 42)])

const byOid = new Map(CIPHERS.map((row) => [row.oid, row]))

/** @throws algorithm_unsupported */
export const cipherByOid = (dotted: string): CipherAlgorithm =>
  byOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })
