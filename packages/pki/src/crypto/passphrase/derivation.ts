// Keys out of passphrases as PBES2 names them: PBKDF2 (RFC 8018 appendix A.2) and scrypt (RFC 7914 §7).

import { engine } from '#engine'
import type { DigestAlgorithm } from '../../algorithms/index.ts'
import { digestByHmacOid, digestByName, PBKDF2, SCRYPT } from '../../algorithms/index.ts'
import type { DerReader } from '../../asn1/index.ts'
import { integer, nullValue, octetString, oid, sequence, TAG } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import { abortable } from '../abortable.ts'
import type { ScryptCost } from '../derivation.ts'
import { scrypt } from '../derivation.ts'
import { pbkdf2Work, readIterations } from './derivation-budget.ts'

/** One AlgorithmIdentifier of key derivation, read. */
export interface PassphraseDerivation {
  readonly oid: string
  /** In bytes, when the file says it. */
  readonly keyLength: number | undefined
  /** What a key of this length costs, in rounds of PBKDF2 with SHA-256. */
  work(keyLength: number): number
  /**
   * @throws algorithm_unsupported where the platform lacks the function or its digest; input_too_large; the reason of
   *   `signal`
   */
  derive(passphrase: Uint8Array, keyLength: number, signal?: AbortSignal): Promise<Uint8Array>
}

/** PBKDF2-params (RFC 8018 appendix A.2). */
export interface Pbkdf2Parameters {
  readonly prf: DigestAlgorithm
  readonly salt: Uint8Array
  readonly iterations: number
  /** In bytes. */
  readonly keyLength: number | undefined
}

/**
 * Reads an AlgorithmIdentifier of either.
 * @throws algorithm_unsupported, der_malformed, input_too_large
 * @example
 * const identifier = writePbkdf2(digestByName('SHA-256'), utf8('salt'), 1_000)
 * const derivation = DerReader.whole(identifier, 'derivation', readDerivation)
 * assert.equal((await derivation.derive(utf8('passphrase'), 32)).length, 32)
 */
export const readDerivation = (reader: DerReader): PassphraseDerivation =>
  reader.sequence((identifier) => {
    const dotted = identifier.oid()
    if (dotted === SCRYPT) return identifier.sequence(scryptDerivation)
    if (dotted !== PBKDF2) fail('algorithm_unsupported', { oid: dotted })
    const { prf, salt, iterations, keyLength } = identifier.sequence(pbkdf2Parameters)
    return {
      oid: PBKDF2,
      keyLength,
      work: (length) => pbkdf2Work(prf, iterations, length),
      derive: (passphrase, length, signal) =>
        abortable(() => engine.pbkdf2(prf.name, passphrase, salt, iterations, length), signal),
    }
  })

/** Reads an AlgorithmIdentifier of PBKDF2. @throws algorithm_unsupported, der_malformed, input_too_large */
export const readPbkdf2 = (reader: DerReader): Pbkdf2Parameters =>
  reader.sequence((identifier) => {
    const dotted = identifier.oid()
    return dotted === PBKDF2 ? identifier.sequence(pbkdf2Parameters) : fail('algorithm_unsupported', { oid: dotted })
  })

/** Reads an AlgorithmIdentifier of HMAC, which has NULL or no parameters. @throws algorithm_unsupported */
export function readHmac(reader: DerReader): DigestAlgorithm {
  return reader.sequence((identifier) => {
    const dotted = identifier.oid()
    if (!identifier.done) identifier.null()
    return digestByHmacOid(dotted)
  })
}

/**
 * The AlgorithmIdentifier of PBKDF2 (RFC 8018 appendix A.2); the length of the key is left to the cipher.
 * @example
 * const identifier = writePbkdf2(digestByName('SHA-256'), utf8('salt'), 1_000)
 * assert.equal(DerReader.whole(identifier, 'derivation', readDerivation).work(32), 1_000)
 */
export const writePbkdf2 = (prf: DigestAlgorithm, salt: Uint8Array, iterations: number): Uint8Array =>
  sequence(oid(PBKDF2), sequence(octetString(salt), integer(iterations), sequence(oid(prf.hmacOid), nullValue())))

export const writeScrypt = ({ N, r, p }: ScryptCost, salt: Uint8Array): Uint8Array =>
  sequence(oid(SCRYPT), sequence(octetString(salt), integer(N), integer(r), integer(p)))

function pbkdf2Parameters(parameters: DerReader): Pbkdf2Parameters {
  // The other choice, a salt by an algorithm, was never used: an octet string or nothing.
  const salt = parameters.octetString()
  const iterations = readIterations(parameters)
  const keyLength = parameters.optional(TAG.integer, (inner) => inner.smallInteger())
  // "DEFAULT algid-hmacWithSHA1"
  const prf = parameters.optional(TAG.sequence, readHmac) ?? digestByName('SHA-1')
  return { salt, iterations, keyLength, prf }
}

function scryptDerivation(parameters: DerReader): PassphraseDerivation {
  const salt = parameters.octetString()
  const cost = { N: parameters.smallInteger(), r: parameters.smallInteger(), p: parameters.smallInteger() }
  const keyLength = parameters.optional(TAG.integer, (inner) => inner.smallInteger())
  return {
    oid: SCRYPT,
    keyLength,
    // Two blocks of 64 bytes through Salsa20/8, written and read again, take as long as three rounds of PBKDF2 with SHA-256.
    work: () => 3 * cost.N * cost.r * cost.p,
    derive: (passphrase, length, signal) => abortable(() => scrypt(passphrase, salt, cost, length), signal),
  }
}
