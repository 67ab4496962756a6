// Name constraints along a path (RFC 5280 §6.1.3 b and c): each authority's constraints bind every certificate
// below it, except self-issued ones that are not the leaf.

import { fail } from '../errors/index.ts'
import type { Certificate, GeneralName } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import { isSelfIssued, subjectText } from './certificate-checks.ts'
import { within } from './name-match.ts'
import { nameText } from './name-text.ts'
import { isCertificate } from './pool.ts'
import type { Path, Search } from './search.ts'
import type { Subtrees } from './subtrees.ts'

/** @throws name_constraint_violated, path_too_costly */
export function checkNameConstraints({ certificates, anchor }: Path, search: Search): void {
  const { budget, names: known } = search.ground
  for (const [index, authority] of [...certificates.slice(1), anchor].entries()) {
    if (isCertificate(authority)) search.suspect = authority
    const subtrees = known.subtreesOf(authority)
    if (!subtrees) continue
    for (const [position, certificate] of certificates.slice(0, index + 1).entries()) {
      if (position > 0 && isSelfIssued(certificate)) continue
      search.suspect = certificate
      const names = known.namesOf(certificate, position === 0 && search.purpose === 'serverAuth')
      // For the walk itself, whatever there is to compare: each authority looks at all that is below it.
      budget.spend('nameComparisons', names.length)
      for (const name of names) checkName(certificate, name, subtrees, budget)
    }
  }
}

function checkName(certificate: Certificate, name: GeneralName, subtrees: Subtrees, budget: Budget): void {
  const meets = (base: GeneralName, covers: boolean): boolean => {
    const inside = within(name, base, covers, budget)
    // Neither inside nor outside: the name, or the whole kind of name, cannot be judged, so it is refused.
    return inside === 'unjudged' ? violated(certificate, name) : inside
  }
  if (subtrees.excluded(name).some((base) => meets(base, true))) violated(certificate, name)
  const permitted = subtrees.permitted(name)
  if (permitted && !permitted.some((base) => meets(base, false))) violated(certificate, name)
}

const violated = (certificate: Certificate, name: GeneralName): never =>
  fail('name_constraint_violated', { subject: subjectText(certificate), name: textOf(name) })

function textOf(name: GeneralName): string {
  if (name.kind === 'directoryName') return nameText(name.name)
  return 'value' in name && typeof name.value === 'string' ? name.value : name.kind
}
