// The policy graph of RFC 9618, which took the place of RFC 5280's tree: a tree has a node for every way to a policy,
// and doubles with each certificate that maps two policies to two (OpenSSL CVE-2023-0464); the graph has one node per
// policy and certificate. Nodes without children are not deleted as they appear: nobody looks at an upper level again
// until the end, where only what can still be reached from the last level counts.

import type { PolicyMapping } from '../x509/index.ts'
import { ANY_POLICY } from '../x509/index.ts'
import type { Budget } from './budget.ts'

interface Node {
  readonly policy: string
  /** What the next certificate calls it. */
  expected: readonly string[]
  readonly parents: readonly Node[]
}

/** One level per certificate; empty when no policy is left, for good. */
export class PolicyGraph {
  #level: Node[] = [{ policy: ANY_POLICY, expected: [ANY_POLICY], parents: [] }]
  readonly #budget: Budget

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get empty(): boolean {
    return this.#level.length === 0
  }

  /** RFC 9618 §5.4 d and e: the policies of the next certificate, undefined when it has none. @throws path_too_costly */
  descend(policies: readonly string[] | undefined, anyCounts: boolean): void {
    const above = this.#expected()
    const any = this.#level.filter(({ policy }) => policy === ANY_POLICY)
    const next = new Map<string, Node>()
    const add = (policy: string, parents: readonly Node[]): void => {
      this.#budget.spend('policies', 1 + parents.length)
      next.set(policy, { policy, expected: [policy], parents })
    }
    for (const policy of policies ?? []) {
      if (policy === ANY_POLICY) continue
      const parents = above.get(policy) ?? any
      if (parents.length > 0) add(policy, parents)
    }
    if (anyCounts && policies?.includes(ANY_POLICY)) {
      for (const [policy, parents] of above) if (!next.has(policy)) add(policy, parents)
    }
    this.#level = [...next.values()]
  }

  /** RFC 9618 §5.5 b: mappings of the certificate just added. @throws path_too_costly */
  map(mappings: readonly PolicyMapping[], allowed: boolean): void {
    const targets = new Map<string, Set<string>>()
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      this.#budget.spend('policies')
      const set = targets.get(issuerDomainPolicy) ?? new Set()
      targets.set(issuerDomainPolicy, set.add(subjectDomainPolicy))
    }
    if (!allowed) {
      this.#level = this.#level.filter(({ policy }) => !targets.has(policy))
      return
    }
    const nodes = new Map(this.#level.map((node) => [node.policy, node]))
    const any = nodes.get(ANY_POLICY)
    for (const [policy, mapped] of targets) {
      const node = nodes.get(policy)
      if (node) node.expected = [...mapped]
      else if (any) this.#level.push({ policy, expected: [...mapped], parents: any.parents })
    }
  }

  /** RFC 9618 §5.6 g: the policies as the anchor calls them, those that lead down to the last certificate. */
  authorityConstrained(): Set<string> {
    const found = new Set<string>()
    const seen = new Set<Node>(this.#level)
    // A Set that grows is walked to its end.
    for (const node of seen) {
      if (node.policy === ANY_POLICY) {
        found.add(ANY_POLICY)
      } else if (node.parents.some(({ policy }) => policy === ANY_POLICY)) {
        found.add(node.policy)
      } else {
        for (const parent of node.parents) seen.add(parent)
      }
    }
    return found
  }

  #expected(): Map<string, Node[]> {
    const above = new Map<string, Node[]>()
    for (const node of this.#level) {
      for (const policy of node.expected) {
        const list = above.get(policy)
        if (list) list.push(node)
        else above.set(policy, [node])
      }
    }
    return above
  }
}
