import { fail } from '../errors/index.ts'

/** What one validation may cost. */
export interface PathBudget {
  /** Signature verifications; a P-256 one takes under a tenth of a millisecond, an RSA-4096 one about the same. */
  readonly signatures: number
  /** Certificates, CRLs and responses looked into while building and while asking about revocation. */
  readonly steps: number
  /**
   * Names compared, with one another or with constraints: the product of two lists an attacker chooses (Go
   * CVE-2025-58187). A long name counts as several.
   */
  readonly nameComparisons: number
  /** Nodes and edges of the policy graph. It grows with the sum of the certificates (RFC 9618), not their product. */
  readonly policies: number
}

// rustls settled on 100 signatures after GHSA-fh2r-99q2-6mmg; chains in use need five, and as many for their CRLs.
const DEFAULTS: PathBudget = { signatures: 64, steps: 1_000, nameComparisons: 250_000, policies: 10_000 }

/** Counted down, fatal when empty: a hostile bundle of certificates buys no more. */
export class Budget {
  readonly #left: { -readonly [K in keyof PathBudget]: number }

  constructor(limits: Partial<PathBudget> = {}) {
    this.#left = { ...DEFAULTS, ...limits }
  }

  /** @throws path_too_costly */
  spend(item: keyof PathBudget, cost = 1): void {
    this.#left[item] -= cost
    if (this.#left[item] < 0) fail('path_too_costly', { item })
  }
}
