// Keys whose subjectPublicKey is the key itself, of one exact length, under an identifier without parameters: the
// curves of RFC 8410, ML-DSA (RFC 9881), SLH-DSA (RFC 9909), ML-KEM (RFC 9935). Those that sign use the same OID for
// the key and for the signature. Composites and the pre-hash variants HashML-DSA and HashSLH-DSA have no row: they are
// not for certificates (RFC 9881 §4, RFC 9909 §3).

import { NIST_KEMS, NIST_SIGNATURES } from './oids.ts'

/** Names of the keys of this form. */
export type RawKeySpec =
  | 'ed25519'
  | 'ed448'
  | 'x25519'
  | 'x448'
  | `ml-dsa-${44 | 65 | 87}`
  | `slh-dsa-${'sha2' | 'shake'}-${128 | 192 | 256}${'s' | 'f'}`
  | `ml-kem-${512 | 768 | 1024}`

/** What kinds there are of them. */
export type RawKeyKind = 'ed25519' | 'ed448' | 'x25519' | 'x448' | 'ml-dsa' | 'slh-dsa' | 'ml-kem'

/** All that the library knows about one of them. */
export interface RawKey {
  readonly spec: RawKeySpec
  readonly kind: RawKeyKind
  readonly use: 'sign' | 'agree' | 'encapsulate'
  readonly oid: string
  /** Field size of a curve; for the others the number of the parameter set. */
  readonly bits: number
  /** Of the public key in bytes. */
  readonly length: number
  /** Of a signature, or of a ciphertext that encapsulates, in bytes; 0 for keys that agree. */
  readonly output: number
}

const signs = (spec: RawKeySpec, kind: RawKeyKind, oid: string, bits: number, length: number, output: number): RawKey =>
  Object.freeze({ spec, kind, use: 'sign', oid, bits, length, output })
const agrees = (spec: RawKeySpec & RawKeyKind, oid: string, bits: number, length: number): RawKey =>
  Object.freeze({ spec, kind: spec, use: 'agree', oid, bits, length, output: 0 })

const mlDsa = (set: 44 | 65 | 87, arc: number, length: number, output: number): RawKey =>
  signs(`ml-dsa-${set}`, 'ml-dsa', `${NIST_SIGNATURES}.${arc}`, set, length, output)
const mlKem = (set: 512 | 768 | 1024, arc: number, length: number, output: number): RawKey =>
  Object.freeze({
    ...{ spec: `ml-kem-${set}`, kind: 'ml-kem', use: 'encapsulate', oid: `${NIST_KEMS}.${arc}`, bits: set },
    ...{ length, output },
  } as const)

// FIPS 205 table 2: a public key is two hash values; SHA-2 and SHAKE have the same sizes.
const slhDsa = (hash: 'sha2' | 'shake', arc: number): readonly RawKey[] =>
  (
    [
      [128, 's', 7856],
      [128, 'f', 17088],
      [192, 's', 16224],
      [192, 'f', 35664],
      [256, 's', 29792],
      [256, 'f', 49856],
    ] as const
  ).map(([bits, speed, output], at) =>
    signs(`slh-dsa-${hash}-${bits}${speed}`, 'slh-dsa', `${NIST_SIGNATURES}.${arc + at}`, bits, bits / 4, output),
  )

/** Every key of this form, one row each. */
export const RAW_KEYS: readonly RawKey[] = Object.freeze([
  signs('ed25519', 'ed25519', '1.3.101.112', 256, 32, 64),
  signs('ed448', 'ed448', '1.3.101.113', 448, 57, 114),
  agrees('x25519', '1.3.101.110', 256, 32),
  agrees('x448', '1.3.101.111', 448, 56),
  mlDsa(44, 17, 1312, 2420), // FIPS 204 table 2
  mlDsa(65, 18, 1952, 3309),
  mlDsa(87, 19, 2592, 4627),
  ...slhDsa('sha2', 20),
  ...slhDsa('shake', 26),
  mlKem(512, 1, 800, 768), // FIPS 203 table 3
  mlKem(768, 2, 1184, 1088),
  mlKem(1024, 3, 1568, 1568),
])

const byOid = new Map(RAW_KEYS.map((row) => [row.oid, row]))

/**
 * The row of a key's OID, or undefined when it is not a key of this form.
 * @example
 * assert.equal(rawKeyByOid('1.3.101.112')?.spec, 'ed25519')
 * assert.equal(rawKeyByOid(RSA_ENCRYPTION), undefined)
 */
export const rawKeyByOid = (dotted: string): RawKey | undefined => byOid.get(dotted)
