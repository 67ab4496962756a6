import { equal } from '../bytes/index.ts'
import type { Signed } from '../x509/index.ts'
import { verifySigned } from '../x509/index.ts'
import type { Budget } from './budget.ts'

/** Signatures verified in one validation, each once: a search comes back to the same pair by many ways. */
export class Ledger {
  readonly #budget: Budget
  readonly #known = new Map<Signed, { readonly spki: Uint8Array; readonly holds: boolean }[]>()

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Whether the holder of `spki` signed it. @throws path_too_costly, algorithm_unsupported, key_mismatch, key_malformed */
  async holds(signed: Signed, spki: Uint8Array): Promise<boolean> {
    const all = this.#known.get(signed) ?? []
    const known = all.find((one) => equal(one.spki, spki))
    if (known) return known.holds
    this.#budget.spend('signatures')
    const holds = await verifySigned(signed, spki)
    all.push({ spki, holds })
    this.#known.set(signed, all)
    return holds
  }
}
