// Name constraints along a path (RFC 5280 §6.1.3 b and c): each authority's constraints bind every certificate
// below it, except self-issued ones that are not the leaf.

import { fail } from '../errors/index.ts'
import type { Certificate, GeneralName, NameConstraints } from '../x509/index.ts'
import { extension, formatName } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import { isSelfIssued, subjectText } from './certificate-checks.ts'
import { constrainedNames } from './constrained-names.ts'
import { within } from './name-match.ts'
import type { TrustAnchor } from './options.ts'
import { isCertificate } from './pool.ts'
import type { Path, Search } from './search.ts'

/** @throws name_constraint_violated, path_too_costly */
export function checkNameConstraints({ certificates, anchor }: Path, search: Search): void {
  for (const [index, authority] of [...certificates.slice(1), anchor].entries()) {
    if (isCertificate(authority)) search.suspect = authority
    const constraints = constraintsOf(authority)
    if (!constraints) continue
    for (const [position, certificate] of certificates.slice(0, index + 1).entries()) {
      if (position > 0 && isSelfIssued(certificate)) continue
      search.suspect = certificate
      const names = constrainedNames(certificate, position === 0 && search.purpose === 'serverAuth')
      for (const name of names) checkName(certificate, name, constraints, search.ground.budget)
    }
  }
}

const constraintsOf = (authority: TrustAnchor): NameConstraints | undefined =>
  isCertificate(authority) ? extension(authority, 'nameConstraints') : authority.constraints?.names

function checkName(certificate: Certificate, name: GeneralName, all: NameConstraints, budget: Budget): void {
  const meets = (base: GeneralName, covers: boolean): boolean | undefined => {
    const inside = within(name, base, covers, budget)
    // Neither inside nor outside: the name, or the whole kind of name, cannot be judged, so it is refused.
    return inside === 'unjudged' ? violated(certificate, name) : inside
  }
  if (all.excluded.some((base) => meets(base, true))) violated(certificate, name)
  let bound = false
  for (const base of all.permitted) {
    const inside = meets(base, false)
    if (inside) return
    bound ||= inside === false
  }
  if (bound) violated(certificate, name)
}

const violated = (certificate: Certificate, name: GeneralName): never =>
  fail('name_constraint_violated', { subject: subjectText(certificate), name: textOf(name) })

function textOf(name: GeneralName): string {
  if (name.kind === 'directoryName') return formatName(name.name, 'rfc4514')
  return 'value' in name && typeof name.value === 'string' ? name.value : name.kind
}
