import { refuse } from '@scel/contract/errors'
import { nameKey } from '@scel/contract/letters'
import { type KeyChoice, Line } from '@scel/contract/values'
import {
  attributeByOid,
  buildName,
  type CertificateRequest,
  extension,
  extensionName,
  type GeneralName,
  type Name,
  type NameAttribute,
} from '@scel/pki/x509'
import { nameText } from '../certificates/certificate-view.ts'
import { isHostName } from '../names/host-name.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { keyUsageFor, type Profile } from '../profiles/profile.ts'
import { atMost, type Finding } from './finding.ts'

/** What the certificate will say of its subject, and what of the request's wishes it will not say. */
export interface Granted {
  readonly subject: Name
  readonly commonName: string
  readonly subjectKey: string
  /** dNSNames. */
  readonly names: readonly string[]
  readonly findings: readonly Finding[]
}

/**
 * Lays down subject and names by the profile. The request may repeat what is fixed, and give state, locality and common
 * name; whatever else it wishes is refused or becomes a finding, and never widens the profile. Whether the organisation may
 * have the names, which may change, is for `requireNames`.
 * @throws DeskError subject_not_allowed, name_not_allowed
 */
export function grant(
  request: CertificateRequest,
  key: KeyChoice,
  profile: Profile,
  organisation: Organisation,
): Granted {
  const given = readSubject(request.subject, profile, organisation)
  const commonName = profile.commonName === 'host-name' ? hostName(given.commonName) : fingerprint(given.commonName)
  const subject = buildName([
    { type: 'countryName', value: organisation.country },
    ...(given.state === undefined ? [] : [{ type: 'stateOrProvinceName', value: given.state } as const]),
    ...(given.locality === undefined ? [] : [{ type: 'localityName', value: given.locality } as const]),
    { type: 'organizationName', value: organisation.name },
    { type: 'organizationalUnitName', value: organisation.code },
    ...(profile.organisationalUnit === undefined
      ? []
      : [{ type: 'organizationalUnitName', value: profile.organisationalUnit } as const]),
    { type: 'commonName', value: commonName },
  ])
  const wished = extension(request, 'subjectAltName') ?? []
  const { names, findings } = profile.names === 'dNSName' ? hostNames(commonName, wished) : noNames(wished)
  return {
    subject,
    commonName,
    subjectKey: nameKey(commonName),
    names,
    findings: [...findings, ...ungranted(request, key, profile)],
  }
}

interface GivenSubject {
  commonName: string
  state?: string
  locality?: string
}

function readSubject(name: Name, profile: Profile, organisation: Organisation): GivenSubject {
  const units = [organisation.code, ...(profile.organisationalUnit ? [profile.organisationalUnit] : [])]
  const given: Partial<GivenSubject> = {}
  const seen = new Set<string>()
  for (const attribute of name.rdns.flat()) {
    const { value = '', type } = attribute
    const found = { attribute: labelOf(attribute), found: value.slice(0, 100) }
    const once = type === 'organizationalUnitName' ? `OU=${value}` : attribute.oid
    if (seen.has(once)) refuse('subject_not_allowed', { ...found, expected: 'given once' })
    seen.add(once)
    switch (type) {
      case 'countryName':
        requireSame(found, organisation.country)
        break
      case 'organizationName':
        requireSame(found, organisation.name)
        break
      case 'organizationalUnitName':
        if (!units.includes(value)) refuse('subject_not_allowed', { ...found, expected: units.join(', ') })
        break
      case 'stateOrProvinceName':
        given.state = line(value, found)
        break
      case 'localityName':
        given.locality = line(value, found)
        break
      case 'commonName':
        given.commonName = value
        break
      default:
        refuse('subject_not_allowed', { ...found, expected: '–' })
    }
  }
  const { commonName = refuse('subject_not_allowed', { attribute: 'CN', expected: profile.commonName, found: '' }) } =
    given
  return { ...given, commonName }
}

function requireSame(fact: { attribute: string; found: string }, expected: string): void {
  if (fact.found !== expected) refuse('subject_not_allowed', { ...fact, expected })
}

function line(value: string, fact: { attribute: string; found: string }): string {
  // ub-state-name and ub-locality-name (RFC 5280 appendix A.1); nothing that changes how a line is read.
  const isLine = value !== '' && value.trim() === value && [...value].length <= 128 && LINE.test(value)
  if (isLine && !STACKED.test(value)) return value
  return refuse('subject_not_allowed', { ...fact, expected: '1–128' })
}

/** A workstation's name: 26 characters of base32, 130 bits of what the machine is. */
function fingerprint(name: string): string {
  return /^ws-[a-z2-7]{26}$/.test(name)
    ? name
    : refuse('name_not_allowed', { name: name.slice(0, 100), rule: 'fingerprint' })
}

function hostName(name: string): string {
  const lower = name.toLowerCase()
  // ub-common-name is 64, shorter than a host name may be.
  if (lower.length <= 64 && isHostName(lower)) return lower
  return refuse('name_not_allowed', { name: name.slice(0, 100), rule: 'host' })
}

interface GrantedNames {
  readonly names: readonly string[]
  readonly findings: readonly Finding[]
}

function hostNames(commonName: string, wished: readonly GeneralName[]): GrantedNames {
  const names = [commonName]
  for (const name of wished) {
    const text = nameText(name).slice(0, 100)
    if (name.kind !== 'dNSName') return refuse('name_not_allowed', { name: text, rule: 'type' })
    const lower = name.value.toLowerCase()
    if (!isHostName(lower)) return refuse('name_not_allowed', { name: text, rule: 'host' })
    if (!names.includes(lower)) names.push(lower)
    if (names.length > MOST_NAMES) return refuse('name_not_allowed', { name: text, rule: 'count' })
  }
  const named = wished.some((name) => name.kind === 'dNSName' && name.value.toLowerCase() === commonName)
  const findings: Finding[] = named
    ? []
    : [{ code: 'common_name_added_to_names', level: 'notice', facts: { name: commonName } }]
  return { names, findings }
}

const noNames = (wished: readonly GeneralName[]): GrantedNames => ({
  names: [],
  findings: atMost(
    MOST_NAMES,
    wished.map((name) => ({
      code: 'name_not_granted',
      level: 'notice',
      facts: { name: nameText(name).slice(0, 100) },
    })),
  ),
})

/** Usages and other extensions that were asked for and will not be in the certificate. */
function ungranted(request: CertificateRequest, key: KeyChoice, profile: Profile): Finding[] {
  const usages = extension(request, 'keyUsage') ?? []
  const purposes = extension(request, 'extendedKeyUsage') ?? []
  const granted: readonly string[] = [...keyUsageFor(profile, key), ...profile.extendedKeyUsage]
  const refused = [...usages, ...purposes].filter((usage) => !granted.includes(usage))
  if (extension(request, 'basicConstraints')?.ca) refused.push('CA')
  for (const { oid } of request.extensions) {
    const name = extensionName(oid)
    if (name === undefined || !READ.has(name)) refused.push(name ?? oid)
  }
  return atMost(
    MOST_NAMES,
    refused.map((usage) => ({
      code: 'usage_not_granted',
      level: usage === 'CA' ? 'warning' : 'notice',
      facts: { usage },
    })),
  )
}

const labelOf = ({ oid }: NameAttribute): string => attributeByOid(oid)?.ldap ?? oid
const READ: ReadonlySet<string> = new Set([
  'keyUsage',
  'extendedKeyUsage',
  'basicConstraints',
  'subjectAltName',
  'subjectKeyIdentifier', // said of every key; ours is computed
])
/** The letters of every line that people type. */
const { pattern } = Line(128) as unknown as { readonly pattern: string }
const LINE = new RegExp(pattern, 'u')
/** Accents upon accents, which cover the lines above. */
const STACKED = /\p{M}{2}/u
const MOST_NAMES = 10
