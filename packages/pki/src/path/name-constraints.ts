// Name constraints along a path (RFC 5280 §6.1.3 b and c): each authority's constraints bind every certificate
// below it, except self-issued ones that are not the leaf.

import { fail } from '../errors/index.ts'
import type { Certificate, GeneralName, NameConstraints } from '../x509/index.ts'
import { extension, formatName, nameValues } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import { isSelfIssued, subjectText } from './certificate-checks.ts'
import { within } from './name-match.ts'

/** `chain` runs from the leaf to the anchor. @throws name_constraint_violated, path_too_costly */
export function checkNameConstraints(chain: readonly Certificate[], budget: Budget): void {
  for (const [index, authority] of chain.entries()) {
    const constraints = index === 0 ? undefined : extension(authority, 'nameConstraints')
    if (!constraints) continue
    for (const [position, certificate] of chain.slice(0, index).entries()) {
      if (position > 0 && isSelfIssued(certificate)) continue
      for (const name of namesOf(certificate)) checkName(certificate, name, constraints, budget)
    }
  }
}

/** Every name the certificate speaks for: subject, alternative names, and mail addresses put into the subject. */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject } = certificate
  const names: GeneralName[] = [...(extension(certificate, 'subjectAltName') ?? [])]
  if (subject.rdns.length > 0) names.push({ kind: 'directoryName', name: subject })
  for (const value of nameValues(subject, 'emailAddress')) names.push({ kind: 'rfc822Name', value })
  return names
}

function checkName(certificate: Certificate, name: GeneralName, all: NameConstraints, budget: Budget): void {
  const meets = (base: GeneralName, covers: boolean): boolean => {
    budget.spend('nameComparisons')
    const inside = within(name, base, covers)
    // Neither inside nor outside: the name, or the whole kind of name, cannot be judged, so it is refused.
    return inside ?? violated(certificate, name)
  }
  const permitted = all.permitted.filter((base) => base.kind === name.kind)
  const excluded = all.excluded.filter((base) => base.kind === name.kind)
  if (excluded.some((base) => meets(base, true))) violated(certificate, name)
  if (permitted.length > 0 && !permitted.some((base) => meets(base, false))) violated(certificate, name)
}

const violated = (certificate: Certificate, name: GeneralName): never =>
  fail('name_constraint_violated', { subject: subjectText(certificate), name: textOf(name) })

function textOf(name: GeneralName): string {
  if (name.kind === 'directoryName') return formatName(name.name, 'rfc4514')
  return 'value' in name && typeof name.value === 'string' ? name.value : name.kind
}
