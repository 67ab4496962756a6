import { fail } from '../errors/index.ts'

/** What one validation may cost. */
export interface PathBudget {
  /** Signature verifications; a P-256 one takes under a tenth of a millisecond, an RSA-4096 one about the same. */
  readonly signatures: number
  /** Certificates, CRLs and responses looked into while building and while asking about revocation. */
  readonly steps: number
  /**
   * Names looked at and compared, with one another or with constraints: the product of two lists an attacker chooses
   * (Go CVE-2025-58187), whether or not a pair turns out to be of one kind. A long name counts as several.
   */
  readonly nameComparisons: number
  /** Nodes and edges of the policy graph. It grows with the sum of the certificates (RFC 9618), not their product. */
  readonly policies: number
  /** Certificates of one chain, leaf and anchor included: a longer one is `path_too_long`. */
  readonly certificates: number
}

type Spent = Exclude<keyof PathBudget, 'certificates'>

// rustls settled on 100 signatures after GHSA-fh2r-99q2-6mmg; chains in use need five, and as many for their CRLs.
const DEFAULTS: PathBudget = {
  signatures: 64,
  steps: 1_000,
  nameComparisons: 250_000,
  policies: 10_000,
  // Chains in use have three or four; bridges between authorities double that.
  certificates: 10,
}

/**
 * Counted down, fatal when empty: a hostile bundle of certificates buys no more. Whoever validates several chains of one
 * message gives all of them the same, so that the message as a whole has a price.
 * @example
 * const budget = new Budget({ steps: 1 })
 * budget.spend('steps')
 * assert.throws(() => budget.spend('steps'), { code: 'path_too_costly' })
 */
export class Budget {
  readonly #left: { -readonly [K in Spent]: number }
  /** Certificates of one chain. */
  readonly longest: number

  /** What is not said is as one validation has it. */
  constructor(limits: Partial<PathBudget> = {}) {
    const { certificates, ...spent } = { ...DEFAULTS, ...limits }
    this.#left = spent
    this.longest = certificates
  }

  /** @throws path_too_costly */
  spend(item: Spent, cost = 1): void {
    this.#left[item] -= cost
    if (this.#left[item] < 0) fail('path_too_costly', { item })
  }
}
