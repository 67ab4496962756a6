import { fail } from '../errors/index.ts'

/** What one validation may cost. */
export interface PathBudget {
  /** Signature verifications; a P-256 one takes under a tenth of a millisecond, an RSA-4096 one about the same. */
  readonly signatures: number
  /** Candidates looked at while building. */
  readonly steps: number
  /** Names compared with constraints: the product of two lists an attacker chooses (Go CVE-2025-58187). */
  readonly nameComparisons: number
}

// rustls settled on 100 signatures after GHSA-fh2r-99q2-6mmg; chains in use need five.
const DEFAULTS: PathBudget = { signatures: 64, steps: 1_000, nameComparisons: 100_000 }

/** Counted down, fatal when empty: a hostile bundle of certificates buys no more. */
export class Budget {
  readonly #left: { -readonly [K in keyof PathBudget]: number }

  constructor(limits: Partial<PathBudget> = {}) {
    this.#left = { ...DEFAULTS, ...limits }
  }

  /** @throws path_too_costly */
  spend(item: keyof PathBudget): void {
    if (--this.#left[item] < 0) fail('path_too_costly', { item })
  }
}
