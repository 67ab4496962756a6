import type { DigestAlgorithm } from '../../algorithms/index.ts'
import type { DerReader } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'

/**
 * How much work of key derivation one file may ask for, all its parts together: as much as 20 million rounds of PBKDF2
 * with SHA-256, some seconds. The counts stand in the file, so whoever made it chooses the work: a few bytes bought hours
 * from Bouncy Castle (CVE-2026-13586, CVE-2026-63572). Each derivation has its price, since rounds are not alike: one of
 * PKCS #12 with SHA-512 takes as long as sixteen.
 * @example
 * const budget = new DerivationBudget()
 * budget.spend(19_999_999)
 * assert.throws(() => budget.spend(2), { code: 'input_too_large' })
 */
export class DerivationBudget {
  readonly #limit: number
  #left: number

  /** In rounds of PBKDF2 with SHA-256. */
  constructor(work: number = MAX_WORK) {
    this.#limit = work
    this.#left = work
  }

  /** Called before the work is done. @throws input_too_large */
  spend(work: number): void {
    this.#left -= work
    if (this.#left < 0) fail('input_too_large', { what: 'work of key derivation', limit: this.#limit })
  }
}

/** What PBKDF2 costs, in rounds of it with SHA-256. Digests of 64 octets take three times as long, SHA-3 five times. */
export function pbkdf2Work({ name, length }: DigestAlgorithm, iterations: number, keyLength: number): number {
  const price = name.startsWith('SHA3') ? 5 : length > 32 ? 3 : 1
  return price * iterations * Math.ceil(keyLength / length)
}

/**
 * Reads an INTEGER that is an iteration count, and refuses one that no budget could pay.
 * @throws input_too_large, der_malformed
 * @example
 * assert.equal(DerReader.whole(integer(2_048), 'iterations', readIterations), 2_048)
 * assert.throws(() => DerReader.whole(integer(10_000_001), 'iterations', readIterations), { code: 'input_too_large' })
 */
export function readIterations(reader: DerReader): number {
  const iterations = reader.smallInteger()
  if (iterations < 1) reader.malformed()
  return iterations <= MAX_ROUNDS ? iterations : fail('input_too_large', { what: 'iterations', limit: MAX_ROUNDS })
}

// Programs write between 1,000 and 1,000,000.
export const MAX_ROUNDS: number = 10_000_000
// Seconds of a machine that makes eight million a second, and a million rounds of the dearest that programs write.
const MAX_WORK = 20_000_000
