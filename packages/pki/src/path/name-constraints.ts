// Name constraints along a path (RFC 5280 §6.1.3 b and c): each authority's constraints bind every certificate
// below it, except self-issued ones that are not the leaf.

import { fail } from '../errors/index.ts'
import type { Certificate, GeneralName, NameConstraints } from '../x509/index.ts'
import { extension, formatName } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import { isSelfIssued, subjectText } from './certificate-checks.ts'
import { constrainedNames } from './constrained-names.ts'
import { within } from './name-match.ts'
import type { Purpose, TrustAnchor } from './options.ts'
import { isCertificate } from './pool.ts'
import type { Path } from './search.ts'

/** @throws name_constraint_violated, path_too_costly */
export function checkNameConstraints({ certificates, anchor }: Path, purpose: Purpose, budget: Budget): void {
  const authorities = [...certificates.slice(1).map(constraintsOf), anchorConstraints(anchor)]
  for (const [index, constraints] of authorities.entries()) {
    if (!constraints) continue
    for (const [position, certificate] of certificates.slice(0, index + 1).entries()) {
      if (position > 0 && isSelfIssued(certificate)) continue
      const names = constrainedNames(certificate, position === 0 && purpose === 'serverAuth')
      for (const name of names) checkName(certificate, name, constraints, budget)
    }
  }
}

const constraintsOf = (certificate: Certificate): NameConstraints | undefined =>
  extension(certificate, 'nameConstraints')

const anchorConstraints = (anchor: TrustAnchor): NameConstraints | undefined =>
  isCertificate(anchor) ? constraintsOf(anchor) : anchor.constraints?.names

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
