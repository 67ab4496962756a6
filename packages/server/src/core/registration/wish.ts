import { isDeskError, refuse } from '@scel/contract/errors'
import { nameKey } from '@scel/contract/letters'
import { equal } from '@scel/pki/bytes'
import { type ProvenCsr, proveCsrDer } from '../issuance/csr.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { type Profiles, requireProfile } from '../profiles/profiles.ts'
import { checkBinding } from './binding.ts'
import type { Finding } from './finding.ts'
import type { Ground } from './origin.ts'
import { profileRefusal } from './profile-refusal.ts'
import type { NewRequest, Request } from './request.ts'
import { grant } from './subject.ts'

// What follows from a CSR. The submission writes it into the row of the request; whoever looks and whoever decides derive it
// again from the CSR and from rows under codes: a row that says anything else is not the desk's.

/** What of a request is laid down by its CSR, its owner and its ground. */
export type Wish = Pick<
  NewRequest,
  | 'environment'
  | 'organisation'
  | 'service'
  | 'profile'
  | 'store'
  | 'commonName'
  | 'subjectKey'
  | 'subject'
  | 'names'
  | 'csr'
  | 'key'
  | 'owner'
  | 'origin'
  | 'findings'
>

/** Who asks, by what, and on which ground. */
export type Terms = Asking & (OfOrganisation | OfHolder)

type Asking = Pick<Wish, 'environment' | 'profile' | 'store' | 'owner' | 'origin'> & Pick<Ground, 'families' | 'keys'>

/** What the certificate says follows from the CSR, as far as the organisation and the profile let it. */
interface OfOrganisation {
  readonly organisation: Organisation
  /** The one of its services that it is for, if it is for one. */
  readonly service?: string | undefined
  readonly holder?: undefined
}

/** What it says is laid down by whose it is: of the CSR, the key alone counts. */
interface OfHolder {
  /** None where it is nobody's. */
  readonly organisation?: Organisation | undefined
  readonly service?: undefined
  readonly holder: Pick<Wish, 'commonName' | 'subject' | 'names'>
}

/**
 * What follows from a CSR, whatever brought it.
 * @param csr proven with one of the keys
 * @throws DeskError those of `profileRefusal`; csr_key_weak, csr_applicant_mismatch, subject_not_allowed, name_not_allowed
 */
export function layDown(csr: ProvenCsr, terms: Terms, profiles: Profiles): Wish {
  const { environment, profile, store, owner, origin, organisation, service } = terms
  const unfit = profileRefusal(profiles, terms, csr)
  if (unfit) refuse(unfit.code, unfit.facts)
  const applicant = owner.kind === 'applicant' ? owner.id : undefined
  if (csr.key === applicant) refuse('csr_key_weak', { what: 'applicant key' })
  const binding = checkBinding(csr.request, applicant)
  const { holder } = terms
  const { findings, ...said } = holder
    ? { ...holder, findings: [] }
    : grant(csr.request, requireProfile(profiles, profile), terms.organisation)
  return {
    ...{ environment, profile, owner, origin },
    ...(store === undefined ? {} : { store }),
    ...(organisation === undefined ? {} : { organisation: organisation.id }),
    ...(service === undefined ? {} : { service }),
    ...said,
    subjectKey: nameKey(said.commonName),
    csr: csr.der,
    key: csr.key,
    findings: [
      { code: 'possession_proved', level: 'good', facts: {} },
      { code: 'key_allowed', level: 'good', facts: { key: csr.spec } },
      binding,
      ...findings,
    ],
  }
}

/**
 * Proves the CSR of a stored request anew.
 * @returns undefined when it could not have been submitted on this ground
 */
export async function proveStored(request: Request, ground: Ground): Promise<ProvenCsr | undefined> {
  try {
    return await proveCsrDer(request.csr, ground.keys)
  } catch (error) {
    if (isDeskError(error)) return undefined
    throw error
  }
}

/** Whether the row says what its own CSR gives on this ground, and nothing else; all of it has to read. */
export function isAsAsked(request: Request, csr: ProvenCsr, ground: Ground, profiles: Profiles): boolean {
  if (request.unreadable || !equal(csr.der, request.csr)) return false
  let wish: Wish
  try {
    wish = ground.wish(profiles, csr)
  } catch (error) {
    if (isDeskError(error)) return false
    throw error
  }
  return textOf(wish) === textOf({ ...request, findings: saidOfCsr(request.findings, wish.findings) })
}

/** Of what was found, what speaks of the CSR: that comes first, and is not said again of it after what the desk remembers. */
function saidOfCsr(found: readonly Finding[], derived: readonly Finding[]): Finding[] {
  const rest = found.slice(derived.length)
  return [...found.slice(0, derived.length), ...rest.filter(({ code }) => OF_CSR.has(code))]
}

const OF_CSR: ReadonlySet<string> = new Set([
  'possession_proved',
  'key_allowed',
  'applicant_bound',
  'applicant_not_bound',
  'common_name_added_to_names',
  'common_name_from_names',
  'name_not_granted',
  'usage_not_granted',
  'usage_added',
  'extension_not_granted',
  'attribute_not_used',
])

/** All of it but the CSR itself, in one text that nothing else has. */
const textOf = ({ owner, origin, ...wish }: Wish): string =>
  JSON.stringify([
    ...[wish.environment, wish.organisation, wish.service, wish.profile, wish.store, owner.kind, owner.id],
    ...[origin.kind, origin.id, origin.name, wish.key, wish.commonName, wish.subjectKey],
    ...[[...wish.subject], wish.names],
    wish.findings.map(({ code, level, facts, of }) => [code, level, Object.entries(facts).sort(), of ?? null]),
  ])
