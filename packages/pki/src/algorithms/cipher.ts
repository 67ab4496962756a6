import { fail } from '../errors/index.ts'
import { NIST_AES } from './oids.ts'

type AesBits = 128 | 192 | 256

interface Aes<Mode extends string> {
  readonly name: `AES-${AesBits}-${Mode}`
  readonly oid: string
  /** Length in bytes. */
  readonly keyLength: 16 | 24 | 32
}

/** Block ciphers in CBC mode, as PBES2 (RFC 8018 §6.2) and CMS (RFC 3565 §4.1) name them; the IV is the parameter. */
export interface CipherAlgorithm extends Aes<'CBC'> {
  readonly ivLength: 16
}

/** Authenticated encryption with AES-GCM (RFC 5084 §3.2). Nonces have 12 bytes, the only length without a detour. */
export interface AeadAlgorithm extends Aes<'GCM'> {
  readonly nonceLength: 12
}

/** AES key wrap (RFC 3394; in CMS RFC 3565 §4.2, parameters absent). */
export type KeyWrapAlgorithm = Aes<'KW'>

const aes = <Mode extends string>(mode: Mode, bits: AesBits, arc: number): Aes<Mode> => ({
  name: `AES-${bits}-${mode}`,
  oid: `${NIST_AES}.${arc}`,
  keyLength: (bits / 8) as 16 | 24 | 32,
})
const cbc = (bits: AesBits, arc: number): CipherAlgorithm => Object.freeze({ ...aes('CBC', bits, arc), ivLength: 16 })
const gcm = (bits: AesBits, arc: number): AeadAlgorithm => Object.freeze({ ...aes('GCM', bits, arc), nonceLength: 12 })
const kw = (bits: AesBits, arc: number): KeyWrapAlgorithm => Object.freeze(aes('KW', bits, arc))

/** AES in CBC mode. The last row is what this library writes. */
export const CIPHERS: readonly CipherAlgorithm[] = Object.freeze([cbc(128, 2), cbc(192, 22), cbc(256, 42)])
/** AES in GCM mode. The last row is what this library writes. */
export const AEADS: readonly AeadAlgorithm[] = Object.freeze([gcm(128, 6), gcm(192, 26), gcm(256, 46)])
/** AES key wrap. The last row is what this library writes. */
export const KEY_WRAPS: readonly KeyWrapAlgorithm[] = Object.freeze([kw(128, 5), kw(192, 25), kw(256, 45)])

const found = <Row extends { readonly oid: string }>(rows: readonly Row[], dotted: string): Row =>
  rows.find((row) => row.oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })

/**
 * The row of AES in CBC mode.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(cipherByOid('2.16.840.1.101.3.4.1.42').name, 'AES-256-CBC')
 */
export const cipherByOid = (dotted: string): CipherAlgorithm => found(CIPHERS, dotted)
/**
 * The row of AES in GCM mode.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(aeadByOid('2.16.840.1.101.3.4.1.46').name, 'AES-256-GCM')
 */
export const aeadByOid = (dotted: string): AeadAlgorithm => found(AEADS, dotted)
/**
 * The row of AES key wrap.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(keyWrapByOid('2.16.840.1.101.3.4.1.45').name, 'AES-256-KW')
 */
export const keyWrapByOid = (dotted: string): KeyWrapAlgorithm => found(KEY_WRAPS, dotted)
