import type { DerReader } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'

/**
 * How many rounds of key derivation one file may ask for, all its parts together. The counts stand in the file, so
 * whoever made it chooses the work: a few bytes bought hours from Bouncy Castle (CVE-2026-13586, CVE-2026-63572).
 * @example
 * const budget = new DerivationBudget()
 * budget.spend(9_999_999)
 * assert.throws(() => budget.spend(2), { code: 'input_too_large' })
 */
export class DerivationBudget {
  #left: number

  constructor(rounds: number = MAX_ROUNDS) {
    this.#left = rounds
  }

  /** Called before the work is done. @throws input_too_large */
  spend(rounds: number): void {
    this.#left -= rounds
    if (this.#left < 0) fail('input_too_large', { what: 'iterations', limit: MAX_ROUNDS })
  }
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

// Seconds on a slow machine; programs write between 1,000 and 1,000,000.
const MAX_ROUNDS = 10_000_000
