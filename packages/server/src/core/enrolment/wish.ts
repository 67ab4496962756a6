import { isDeskError, refuse } from '@scel/contract/errors'
import { equal } from '@scel/pki/bytes'
import { type ProvenCsr, proveCsrDer } from '../issuance/csr.ts'
import type { Kit } from '../organisations/kit.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { type Profiles, requireProfile } from '../profiles/profiles.ts'
import type { Readers } from '../work.ts'
import { checkBinding } from './binding.ts'
import type { Finding } from './finding.ts'
import { profileRefusal } from './profile-refusal.ts'
import type { NewRequest, Request } from './request.ts'
import { grant } from './subject.ts'

// What follows from a CSR. The submission writes it into the row of the request; whoever looks and whoever decides derive it
// again from the CSR and from rows under codes (kit, organisation): a row that says anything else is not the desk's.

/** The rules that a request was made under. */
export interface Ground {
  readonly kit: Kit
  readonly organisation: Organisation
}

/** What of a request is laid down by its CSR, its applicant and its ground. */
export type Wish = Pick<
  NewRequest,
  | 'environment'
  | 'organisation'
  | 'profile'
  | 'store'
  | 'commonName'
  | 'subjectKey'
  | 'subject'
  | 'names'
  | 'csr'
  | 'key'
  | 'applicant'
  | 'kit'
  | 'findings'
>

/**
 * @param csr proven with a key that the kit allows; whether the profile still does is looked at here
 * @throws DeskError profile_unknown, profile_not_for_kits, csr_key_not_allowed, csr_key_weak, csr_applicant_mismatch,
 *   subject_not_allowed, name_not_allowed
 */
export function wishOf(csr: ProvenCsr, applicant: string, { kit, organisation }: Ground, profiles: Profiles): Wish {
  const unfit = profileRefusal(profiles, kit, csr)
  if (unfit) refuse(unfit.code, unfit.facts)
  if (csr.key === applicant) refuse('csr_key_weak', { what: 'applicant key' })
  const binding = checkBinding(csr.request, applicant)
  const granted = grant(csr.request, csr.spec, requireProfile(profiles, kit.profile), organisation)
  return {
    environment: kit.environment,
    organisation: organisation.id,
    profile: kit.profile,
    store: kit.store,
    commonName: granted.commonName,
    subjectKey: granted.subjectKey,
    subject: granted.subject.der,
    names: granted.names,
    csr: csr.der,
    key: csr.key,
    applicant,
    kit: { id: kit.id, name: kit.name },
    findings: [
      { code: 'possession_proved', level: 'good', facts: {} },
      { code: 'key_allowed', level: 'good', facts: { key: csr.spec } },
      binding,
      ...granted.findings,
    ],
  }
}

/** The ground of a stored request, from rows that have their codes; undefined when it has none. */
export async function groundOf(stores: Readers, request: Request): Promise<Ground | undefined> {
  const { environment } = request
  const kit = await stores.kits.find({ environment }, request.kit.id)
  const organisation = kit && (await stores.organisations.find({ environment }, kit.organisation))
  return kit && organisation && { kit, organisation }
}

/**
 * Proves the CSR of a stored request anew.
 * @returns undefined when it could not have been submitted on this ground
 */
export async function proveStored(request: Request, ground: Ground): Promise<ProvenCsr | undefined> {
  try {
    return await proveCsrDer(request.csr, ground.kit.keys)
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
    wish = wishOf(csr, request.applicant, ground, profiles)
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
  'name_not_granted',
  'usage_not_granted',
])

/** All of it but the CSR itself, in one text that nothing else has. */
const textOf = (wish: Wish): string =>
  JSON.stringify([
    ...[wish.environment, wish.organisation, wish.profile, wish.store, wish.applicant],
    ...[wish.kit.id, wish.kit.name, wish.key, wish.commonName, wish.subjectKey],
    ...[[...wish.subject], wish.names],
    wish.findings.map(({ code, level, facts, of }) => [code, level, Object.entries(facts).sort(), of ?? null]),
  ])
