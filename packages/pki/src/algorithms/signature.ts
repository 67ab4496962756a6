// Signature algorithms. A certificate carries the whole AlgorithmIdentifier, parameters included, and rows are
// found by those bytes: absent against NULL, or a weaker digest hidden in PSS parameters, cannot be confused.
// SHA-1, MD5 and DSA have no row; they are algorithm_unsupported.

import { DerReader, nullValue, oid, sequence } from '../asn1/index.ts'
import { latin1 } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { StrongDigestName } from './digest.ts'
import { digestByName } from './digest.ts'
import { EC_PUBLIC_KEY, NIST_SIGNATURES, RSA_ENCRYPTION, RSASSA_PSS } from './oids.ts'
import type { PssParameters } from './pss-parameters.ts'
import { pssParameters, readPssParameters } from './pss-parameters.ts'
import type { PublicKeyFacts } from './public-key.ts'
import type { RawKey, RawKeyKind } from './raw-key.ts'
import { RAW_KEYS } from './raw-key.ts'

/** Names of the signature algorithms with rows of their own. */
export type SignatureName =
  | `RSA with ${StrongDigestName}`
  | `RSA-PSS with ${'SHA-256' | 'SHA-384' | 'SHA-512'}`
  | `ECDSA with ${StrongDigestName}`
  | 'Ed25519'
  | 'Ed448'
  | `ML-DSA-${44 | 65 | 87}`
  | `SLH-DSA-${'SHA2' | 'SHAKE'}-${128 | 192 | 256}${'s' | 'f'}`

/** All that the library knows about one signature algorithm. Add a row to SIGNATURES and nowhere else. */
export interface SignatureAlgorithm {
  /** RSA-PSS with unusual parameters is named after them and stands in no list. */
  readonly name: SignatureName | `RSA-PSS with ${string}`
  readonly oid: string
  /** The AlgorithmIdentifier as this library writes it. */
  readonly identifier: Uint8Array
  /** Other encodings of the same meaning that the standard tells a verifier to accept. */
  readonly alternates: readonly Uint8Array[]
  /** Kind of the keys that make it. */
  readonly key: 'rsa' | 'ec' | RawKeyKind
  /** Algorithms of the keys that verify it. */
  readonly keyOids: readonly string[]
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa' | 'eddsa' | 'ml-dsa' | 'slh-dsa'
  /** Undefined where the algorithm hashes by itself. */
  readonly digest?: StrongDigestName
  /** Of RSA-PSS. */
  readonly pss?: PssParameters
  /** Exact length in bytes, where the algorithm alone decides it. */
  readonly length?: number
}

const rsa = (digest: StrongDigestName, dotted: string): SignatureAlgorithm =>
  Object.freeze({
    name: `RSA with ${digest}`,
    oid: dotted,
    identifier: sequence(oid(dotted), nullValue()), // RFC 4055 §5 and RFC 9688 §3.1: NULL must be present
    // "Implementations MUST accept the parameters being absent as well as present" (RFC 4055 §5): read, never written.
    alternates: [sequence(oid(dotted))],
    key: 'rsa',
    keyOids: [RSA_ENCRYPTION],
    scheme: 'pkcs1',
    digest,
  })

function pss(name: SignatureAlgorithm['name'], parameters: PssParameters): SignatureAlgorithm {
  const identifierWith = (nulls: boolean): Uint8Array => sequence(oid(RSASSA_PSS), pssParameters(parameters, nulls))
  return Object.freeze({
    name,
    oid: RSASSA_PSS,
    identifier: identifierWith(true),
    alternates: [identifierWith(false)],
    key: 'rsa',
    keyOids: [RSA_ENCRYPTION, RSASSA_PSS],
    scheme: 'pss',
    digest: parameters.digest,
    pss: parameters,
  })
}

/** As RFC 4055 §3.1 recommends: one digest for both, and a salt of its length. */
function usualPss(name: 'SHA-256' | 'SHA-384' | 'SHA-512'): SignatureAlgorithm {
  return pss(`RSA-PSS with ${name}`, { digest: name, mgfDigest: name, saltLength: digestByName(name).length })
}

const ecdsa = (digest: StrongDigestName, dotted: string): SignatureAlgorithm =>
  Object.freeze({
    name: `ECDSA with ${digest}`,
    oid: dotted,
    identifier: sequence(oid(dotted)), // RFC 5758 §3.2: parameters must be omitted
    alternates: [],
    key: 'ec',
    keyOids: [EC_PUBLIC_KEY],
    scheme: 'ecdsa',
    digest,
  })

/** RFC 8410 §6, RFC 9881 §3, RFC 9909 §3: parameters are absent, the context is empty, the key has the same OID. */
const raw = ({ spec, kind, oid: dotted, output }: RawKey): SignatureAlgorithm =>
  Object.freeze({
    name: nameOf(spec),
    oid: dotted,
    identifier: sequence(oid(dotted)),
    alternates: [],
    key: kind,
    keyOids: [dotted],
    scheme: kind === 'ml-dsa' || kind === 'slh-dsa' ? kind : 'eddsa',
    length: output,
  })

/** `ed25519` is written Ed25519, `slh-dsa-sha2-128s` SLH-DSA-SHA2-128s. */
const nameOf = (spec: string): SignatureName =>
  spec.replace(/^ed|^(ml|slh)-dsa(-sha2|-shake)?/, (start) =>
    start === 'ed' ? 'Ed' : start.toUpperCase(),
  ) as SignatureName

/** Every signature algorithm with its usual parameters. */
export const SIGNATURES: readonly SignatureAlgorithm[] = Object.freeze([
  rsa('SHA-256', '1.2.840.113549.1.1.11'),
  rsa('SHA-384', '1.2.840.113549.1.1.12'),
  rsa('SHA-512', '1.2.840.113549.1.1.13'),
  rsa('SHA3-256', `${NIST_SIGNATURES}.14`),
  rsa('SHA3-384', `${NIST_SIGNATURES}.15`),
  rsa('SHA3-512', `${NIST_SIGNATURES}.16`),
  usualPss('SHA-256'),
  usualPss('SHA-384'),
  usualPss('SHA-512'),
  ecdsa('SHA-256', '1.2.840.10045.4.3.2'),
  ecdsa('SHA-384', '1.2.840.10045.4.3.3'),
  ecdsa('SHA-512', '1.2.840.10045.4.3.4'),
  ecdsa('SHA3-256', `${NIST_SIGNATURES}.10`),
  ecdsa('SHA3-384', `${NIST_SIGNATURES}.11`),
  ecdsa('SHA3-512', `${NIST_SIGNATURES}.12`),
  ...RAW_KEYS.filter(({ use }) => use === 'sign').map(raw),
])

const byName = new Map<string, SignatureAlgorithm>(SIGNATURES.map((row) => [row.name, row]))
const byIdentifier = new Map(
  SIGNATURES.flatMap((row) => [row.identifier, ...row.alternates].map((der) => [latin1(der), row] as const)),
)
// PSS rows share one OID and are told apart by parameters, so they cannot be found by it.
const byOid = new Map(SIGNATURES.filter((row) => row.scheme !== 'pss').map((row) => [row.oid, row]))

/**
 * The row of a name.
 * @example
 * assert.equal(signatureByName('Ed25519').oid, '1.3.101.112')
 */
export const signatureByName = (name: SignatureName): SignatureAlgorithm => byName.get(name)!

/**
 * The row of an OID that needs no parameters to be known; not for RSA-PSS.
 * @throws algorithm_unsupported
 * @example
 * assert.equal(signatureByOid('1.2.840.10045.4.3.2').name, 'ECDSA with SHA-256')
 */
export const signatureByOid = (dotted: string): SignatureAlgorithm =>
  byOid.get(dotted) ?? fail('algorithm_unsupported', { oid: dotted })

/**
 * The row of RSA-PSS with parameters of one's own (RFC 4055 §3.1); the usual ones have rows in SIGNATURES.
 * @example
 * const row = pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-256', saltLength: 20 })
 * assert.equal(row.name, 'RSA-PSS with SHA-256, MGF1 SHA-256, salt 20')
 */
export const pssSignature = (parameters: PssParameters): SignatureAlgorithm =>
  byIdentifier.get(latin1(sequence(oid(RSASSA_PSS), pssParameters(parameters)))) ??
  pss(`RSA-PSS with ${parameters.digest}, MGF1 ${parameters.mgfDigest}, salt ${parameters.saltLength}`, parameters)

/** What a signed object says about its signature: `row` is undefined when this library does not verify it. */
export interface SignatureIdentifier {
  readonly oid: string
  readonly identifier: Uint8Array
  readonly row?: SignatureAlgorithm
}

/**
 * Reads an AlgorithmIdentifier that stands in a signature field. Parameters in another form than the standard's, and
 * weak digests, leave it without a row.
 * @throws der_malformed, oid_malformed
 * @example
 * const { row } = readSignatureIdentifier(fromHex('300a06082a8648ce3d040302'))
 * assert.equal(row?.name, 'ECDSA with SHA-256')
 */
export function readSignatureIdentifier(identifier: Uint8Array): SignatureIdentifier {
  const row = identifier.length <= LONGEST ? byIdentifier.get(latin1(identifier)) : undefined
  if (row) return { oid: row.oid, identifier, row }
  const { dotted, parameters } = DerReader.whole(identifier, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((inner) => ({ dotted: inner.oid(), parameters: inner.done ? undefined : inner.element() })),
  )
  const unusual = dotted === RSASSA_PSS && parameters ? readPssParameters(parameters) : undefined
  return { oid: dotted, identifier, ...(unusual ? { row: pssSignature(unusual) } : {}) }
}

/**
 * The row, for those who are about to verify.
 * @throws algorithm_unsupported with the OID when there is none
 * @example
 * assert.equal(signatureRow(sample.person.certificate.signatureAlgorithm).scheme, 'ecdsa')
 */
export const signatureRow = (signature: SignatureIdentifier): SignatureAlgorithm =>
  signature.row ?? fail('algorithm_unsupported', { oid: signature.oid })

/**
 * Whether a key may verify this algorithm: an ML-DSA-65 key is no ML-DSA-44 key, and one that is restricted to RSA-PSS
 * verifies nothing else, nor PSS with other digests or a shorter salt than it states (RFC 4055 §3.3).
 * @example
 * const key = readPublicKey(sample.person.certificate.publicKey.spki)
 * assert.equal(signatureFits(signatureByName('ECDSA with SHA-384'), key), true)
 * assert.equal(signatureFits(signatureByName('RSA with SHA-256'), key), false)
 */
export function signatureFits(row: SignatureAlgorithm, key: PublicKeyFacts): boolean {
  if (!row.keyOids.includes(key.oid)) return false
  const [wanted, given] = [key.pss, row.pss]
  if (!wanted) return true
  return (
    given !== undefined &&
    given.digest === wanted.digest &&
    given.mgfDigest === wanted.mgfDigest &&
    given.saltLength >= wanted.saltLength
  )
}

const LONGEST = SIGNATURES.reduce((most, { identifier }) => Math.max(most, identifier.length), 0)
