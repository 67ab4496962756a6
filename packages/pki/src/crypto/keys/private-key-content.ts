// What is inside PKCS #8, by kind of key. Each kind has one form here, whatever form it came in, so that the platform
// is handed a single spelling and everything in a file is looked at.

import type { RawKey } from '../../algorithms/index.ts'
import { EC_PUBLIC_KEY, RSA_ENCRYPTION, RSASSA_PSS, rawKeyByOid } from '../../algorithms/index.ts'
import { DerReader, octetString, TAG } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import type { EcPrivateKey } from './ec-private-key.ts'
import { readCurve, readEcPrivateKey, writeEcPrivateKey } from './ec-private-key.ts'
import { keyMalformed, readingKey } from './malformed.ts'
import type { PrivateKeyInfo } from './private-key-info.ts'
import { readPrivateKeyInfo, writePrivateKeyInfo } from './private-key-info.ts'
import type { RsaPrivateKey } from './rsa-private-key.ts'
import { readRsaPrivateKey, writeRsaPrivateKey } from './rsa-private-key.ts'
import type { SeedPrivateKey } from './seed-private-key.ts'
import { readSeedPrivateKey, writeSeedPrivateKey } from './seed-private-key.ts'
import { ecAlgorithm, rawAlgorithm, rsaAlgorithm } from './spki.ts'

export type PrivateKeyContent =
  | { readonly form: 'rsa'; readonly rsa: RsaPrivateKey }
  /** A key for RSA-PSS alone; `algorithm` is its AlgorithmIdentifier with whatever it is restricted to. */
  | { readonly form: 'rsa-pss'; readonly rsa: RsaPrivateKey; readonly algorithm: Uint8Array }
  | { readonly form: 'ec'; readonly ec: EcPrivateKey }
  | { readonly form: 'seed'; readonly row: RawKey; readonly key: SeedPrivateKey }
  /** Octets that are the key: RFC 8410 wraps them in a further OCTET STRING, RFC 9909 does not. */
  | { readonly form: 'raw'; readonly row: RawKey; readonly key: Uint8Array }

/** A key as it was read, with the public part that came along. */
export interface ReadPrivateKey {
  readonly content: PrivateKeyContent
  /** Content of the subjectPublicKey BIT STRING, when the file has it. */
  readonly publicKey?: Uint8Array
}

/** @throws key_malformed, algorithm_unsupported */
export function readPkcs8(der: Uint8Array): ReadPrivateKey {
  const info = readPrivateKeyInfo(der)
  const content = readContent(info)
  const inside = content.form === 'ec' ? content.ec.point : undefined
  const { publicKey = inside } = info
  if (publicKey && inside && !equal(publicKey, inside)) keyMalformed('public part')
  return { content, ...(publicKey ? { publicKey } : {}) }
}

/** PKCS #8 version 1 in the one form that Scel writes. */
export function writePkcs8(content: PrivateKeyContent): Uint8Array {
  switch (content.form) {
    case 'rsa':
      return writePrivateKeyInfo(rsaAlgorithm(), writeRsaPrivateKey(content.rsa))
    case 'rsa-pss':
      return writePrivateKeyInfo(content.algorithm, writeRsaPrivateKey(content.rsa))
    case 'ec':
      return writePrivateKeyInfo(ecAlgorithm(content.ec.curve), writeEcPrivateKey(content.ec, 'inside PKCS #8'))
    case 'seed':
      return writePrivateKeyInfo(rawAlgorithm(content.row), writeSeedPrivateKey(content.key))
    case 'raw':
      return writePrivateKeyInfo(
        rawAlgorithm(content.row),
        content.row.kind === 'slh-dsa' ? content.key : octetString(content.key),
      )
  }
}

function readContent(info: PrivateKeyInfo): PrivateKeyContent {
  const { oid, parameters, privateKey, algorithm } = info
  switch (oid) {
    case RSA_ENCRYPTION:
      if (parameters?.[0] !== TAG.null || parameters.length !== 2) keyMalformed('RSA parameters')
      return { form: 'rsa', rsa: readRsaPrivateKey(privateKey) }
    case RSASSA_PSS:
      return { form: 'rsa-pss', rsa: readRsaPrivateKey(privateKey), algorithm }
    case EC_PUBLIC_KEY:
      return { form: 'ec', ec: readEcPrivateKey(privateKey, curveOf(parameters)) }
    default:
      return readRaw(rawKeyByOid(oid) ?? fail('algorithm_unsupported', { oid }), info)
  }
}

const curveOf = (parameters: Uint8Array | undefined): EcPrivateKey['curve'] =>
  readingKey('curve', () => DerReader.whole(parameters ?? keyMalformed('curve'), 'ECParameters', readCurve))

function readRaw(row: RawKey, { parameters, privateKey }: PrivateKeyInfo): PrivateKeyContent {
  if (parameters) keyMalformed('parameters') // RFC 8410 §3, RFC 9881 §2, RFC 9909 §3, RFC 9935 §3: absent
  if (row.kind === 'ml-dsa' || row.kind === 'ml-kem') {
    return { form: 'seed', row, key: readSeedPrivateKey(privateKey, SEED_KEYS[row.spec]!) }
  }
  const key =
    row.kind === 'slh-dsa'
      ? privateKey
      : readingKey(row.spec, () => DerReader.whole(privateKey, 'CurvePrivateKey', (reader) => reader.octetString()))
  if (key.length !== rawPrivateKeyLength(row)) keyMalformed(`${row.spec} length`)
  return { form: 'raw', row, key }
}

/** A private key on the curves of RFC 8410 is as long as a public one; SLH-DSA's holds its public key in its end. */
export const rawPrivateKeyLength = (row: RawKey): number => (row.kind === 'slh-dsa' ? 2 * row.length : row.length)

/** Lengths in bytes: FIPS 204 table 2, FIPS 203 table 3. */
export const SEED_KEYS: Readonly<Partial<Record<RawKey['spec'], { seed: 32 | 64; expanded: number }>>> = {
  'ml-dsa-44': { seed: 32, expanded: 2560 },
  'ml-dsa-65': { seed: 32, expanded: 4032 },
  'ml-dsa-87': { seed: 32, expanded: 4896 },
  'ml-kem-512': { seed: 64, expanded: 1632 },
  'ml-kem-768': { seed: 64, expanded: 2400 },
  'ml-kem-1024': { seed: 64, expanded: 3168 },
}
