// Certificate policies along a path (RFC 5280 §6.1.2 to §6.1.5, as RFC 9618 has them now).

import { fail } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { ANY_POLICY, EXTENSIONS } from '../x509/index.ts'
import { isSelfIssued, subjectText } from './certificate-checks.ts'
import type { PolicyInputs } from './options.ts'
import { PolicyGraph } from './policy-graph.ts'
import { isCertificate } from './pool.ts'
import { readExtension } from './read-extension.ts'
import type { PathPolicies } from './result.ts'
import type { Path, Search } from './search.ts'

/**
 * `certificates` runs from the leaf up to the one that the anchor issued. What an anchor that is given as a certificate
 * says of policies is obeyed as if it stood above them (RFC 5937 §3); one that says nothing allows all.
 * @throws policy_missing, extension_critical_unknown, certificate_malformed, path_too_costly
 */
export function checkPolicies({ certificates, anchor }: Path, inputs: PolicyInputs, search: Search): PathPolicies {
  const counters = new Counters(certificates.length, inputs)
  const graph = new PolicyGraph(search.ground.budget)
  if (isCertificate(anchor)) {
    search.suspect = anchor
    const policies = policiesOf(anchor)
    if (policies) graph.descend(policies, counters.inhibitAny > 0)
    applyMappings(graph, anchor, counters.mapping > 0)
    // It is none of the path, so that nothing is counted for it.
    counters.pass(anchor, true)
  }
  for (const [index, certificate] of certificates.toReversed().entries()) {
    const isLeaf = index === certificates.length - 1
    search.suspect = certificate
    const selfIssued = isSelfIssued(certificate)
    graph.descend(policiesOf(certificate), counters.inhibitAny > 0 || (!isLeaf && selfIssued))
    if (counters.explicit === 0 && graph.empty) missing(certificate)
    if (isLeaf) counters.end(certificate)
    else {
      applyMappings(graph, certificate, counters.mapping > 0)
      counters.pass(certificate, selfIssued)
    }
  }
  const authorityConstrained = graph.authorityConstrained()
  const userConstrained = accepted(authorityConstrained, inputs.initialPolicySet)
  if (counters.explicit === 0 && userConstrained.size === 0) missing(certificates[0]!)
  return Object.freeze({ authorityConstrained: sorted(authorityConstrained), userConstrained: sorted(userConstrained) })
}

/** How many more certificates may pass before each rule begins (§6.1.2 d to f). */
class Counters {
  explicit: number
  mapping: number
  inhibitAny: number

  constructor(length: number, inputs: PolicyInputs) {
    this.explicit = inputs.requireExplicitPolicy ? 0 : length + 1
    this.mapping = inputs.inhibitPolicyMapping ? 0 : length + 1
    this.inhibitAny = inputs.inhibitAnyPolicy ? 0 : length + 1
  }

  /** §6.1.4 h to j */
  pass(certificate: Certificate, selfIssued: boolean): void {
    if (!selfIssued) {
      this.explicit = Math.max(this.explicit - 1, 0)
      this.mapping = Math.max(this.mapping - 1, 0)
      this.inhibitAny = Math.max(this.inhibitAny - 1, 0)
    }
    const constraints = readExtension(certificate, 'policyConstraints')
    this.explicit = Math.min(this.explicit, constraints?.requireExplicitPolicy ?? this.explicit)
    this.mapping = Math.min(this.mapping, constraints?.inhibitPolicyMapping ?? this.mapping)
    this.inhibitAny = Math.min(this.inhibitAny, readExtension(certificate, 'inhibitAnyPolicy') ?? this.inhibitAny)
  }

  /** §6.1.5 a and b */
  end(leaf: Certificate): void {
    this.explicit = Math.max(this.explicit - 1, 0)
    if (readExtension(leaf, 'policyConstraints')?.requireExplicitPolicy === 0) this.explicit = 0
  }
}

function policiesOf(certificate: Certificate): readonly string[] | undefined {
  const policies = readExtension(certificate, 'certificatePolicies')
  // "If this extension is critical, the path validation software MUST be able to interpret this extension (including
  // the optional qualifier)" (§4.2.1.4).
  if (policies?.some(({ qualifiers = [] }) => qualifiers.some(({ kind }) => kind === 'other'))) {
    const { oid } = EXTENSIONS.certificatePolicies
    const critical = certificate.extensions.some((one) => one.critical && one.oid === oid)
    if (critical) fail('extension_critical_unknown', { subject: subjectText(certificate), oid })
  }
  return policies?.map(({ policy }) => policy)
}

function applyMappings(graph: PolicyGraph, certificate: Certificate, allowed: boolean): void {
  const mappings = readExtension(certificate, 'policyMappings')
  if (!mappings) return
  // §6.1.4 a: what anyPolicy means cannot be renamed.
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    if (issuerDomainPolicy === ANY_POLICY || subjectDomainPolicy === ANY_POLICY) {
      fail('certificate_malformed', { what: 'policyMappings' })
    }
  }
  graph.map(mappings, allowed)
}

function accepted(authority: ReadonlySet<string>, initial: readonly string[] | undefined): ReadonlySet<string> {
  if (!initial || initial.includes(ANY_POLICY)) return authority
  return new Set(authority.has(ANY_POLICY) ? initial : initial.filter((policy) => authority.has(policy)))
}

const missing = (certificate: Certificate): never => fail('policy_missing', { subject: subjectText(certificate) })
const sorted = (policies: ReadonlySet<string>): readonly string[] => Object.freeze([...policies].toSorted())
