// Why paths did not hold, kept within bounds: a search of a thousand steps ends in as many dead ends, and strangers
// choose how much there is to say about each.

import { hasCode } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { RefusedPath } from './result.ts'

/**
 * Paths that were tried. Of those that failed for one reason at one certificate the one that came furthest stands for
 * all, unless something was found out about revocation on the way.
 */
export class Refusals {
  readonly #all = new Set<RefusedPath>()
  readonly #furthest = new Map<Certificate, Map<string, RefusedPath>>()

  add(path: RefusedPath): void {
    if (path.revocation.length === 0 && !this.#isFurthest(path)) return
    this.#all.add(path)
    if (this.#all.size >= 2 * MOST) for (const less of this.#sorted().slice(MOST)) this.#all.delete(less)
  }

  /** The one that came furthest first. */
  get mostTelling(): readonly RefusedPath[] {
    return this.#sorted().slice(0, MOST)
  }

  #isFurthest(path: RefusedPath): boolean {
    const { certificate, reason } = path
    const reasons = this.#furthest.get(certificate) ?? new Map<string, RefusedPath>()
    const before = reasons.get(reason.code)
    if (before && rank(before) >= rank(path)) return false
    if (before) this.#all.delete(before)
    this.#furthest.set(certificate, reasons.set(reason.code, path))
    return true
  }

  #sorted(): RefusedPath[] {
    return [...this.#all].toSorted((a, b) => rank(b) - rank(a))
  }
}

// A missing issuer says least, a signature by another key of the same name or too many steps little more; a real fault
// far up says most.
function rank({ reason, chain }: RefusedPath): number {
  const little = hasCode(reason, 'signature_invalid') || hasCode(reason, 'path_too_long')
  return (hasCode(reason, 'issuer_unknown') ? 0 : little ? 1 : 2) * WEIGHT + chain.length
}

// More than any chain has certificates.
const WEIGHT = 1_000_000
// People read a handful.
const MOST = 128
