// Which attributes a subject has, by type and generation: the tables of §7.1.4.2.3 to §7.1.4.2.6.

import type { AttributeType, Name } from '../../x509/index.ts'
import type { LintRule, Report } from '../rule.ts'
import type { SmimeProfile, SubscriberType } from './profile.ts'
import { profileOf } from './profile.ts'

type Rule = 'cabf-smime/subject-attributes'

export const subjectAttributes: LintRule<Rule> = {
  clause: 'S/MIME BR §7.1.4.2',
  problems: { forbidden: 'error', required: 'error', 'no-name': 'error', 'name-and-pseudonym': 'error' },
  roles: ['end'],
  check: (certificate, report) => {
    const profile = profileOf(certificate)
    if (!profile) return
    const types = checkAllowed(certificate.subject, profile, report)
    const { clause, required, named } = ROWS[profile.type]
    for (const attribute of required) if (!types.has(attribute)) report('required', { attribute }, clause)
    const hasName = types.has('givenName') || types.has('surname')
    if (hasName && types.has('pseudonym')) report('name-and-pseudonym', {}, 'S/MIME BR §7.1.4.2.2 f')
    if (named && profile.generation !== 'legacy' && !hasName && !types.has('pseudonym')) report('no-name', {}, clause)
    // A directory name among the alternatives is bound by the same tables (§7.1.4.2.1).
    for (const name of certificate.value('subjectAltName') ?? []) {
      if (name.kind === 'directoryName') checkAllowed(name.name, profile, report)
    }
  },
}

/** The types in a name, by their names where they have one. */
function checkAllowed(name: Name, { type, generation }: SmimeProfile, report: Report<Rule>): Set<string> {
  const { clause, allowed, others } = ROWS[type]
  const types = new Set(name.rdns.flatMap((rdn) => rdn.map((attribute) => attribute.type ?? attribute.oid)))
  for (const attribute of types) {
    const listed = TABLE.includes(attribute)
    const fits = listed ? allowed.includes(attribute) : others && generation === 'legacy'
    if (!fits || (generation === 'strict' && NOT_STRICT.includes(attribute))) report('forbidden', { attribute }, clause)
  }
  return types
}

interface Row {
  readonly clause: string
  readonly allowed: readonly string[]
  readonly required: readonly AttributeType[]
  /** Whether a person is named: by given name or surname, or by a pseudonym. */
  readonly named: boolean
  /** Whether the legacy generation may have attributes that the tables do not list. */
  readonly others: boolean
}

const ALWAYS: readonly AttributeType[] = ['commonName', 'serialNumber', 'emailAddress']
const PLACE: readonly AttributeType[] = [
  'streetAddress',
  'localityName',
  'stateOrProvinceName',
  'postalCode',
  'countryName',
]
const PERSON: readonly AttributeType[] = ['givenName', 'surname', 'pseudonym', 'title']
const ORGANIZATION: readonly AttributeType[] = ['organizationName', 'organizationalUnitName', 'organizationIdentifier']
const REGISTERED: readonly AttributeType[] = ['organizationName', 'organizationIdentifier']
const TABLE: readonly string[] = [...ALWAYS, ...PLACE, ...PERSON, ...ORGANIZATION]
const NOT_STRICT: readonly string[] = ['streetAddress', 'postalCode']

const ROWS: Readonly<Record<SubscriberType, Row>> = {
  mailbox: { clause: 'S/MIME BR §7.1.4.2.3', allowed: ALWAYS, required: [], named: false, others: false },
  organization: {
    clause: 'S/MIME BR §7.1.4.2.4',
    allowed: [...ALWAYS, ...PLACE, ...ORGANIZATION],
    required: REGISTERED,
    named: false,
    others: true,
  },
  sponsor: { clause: 'S/MIME BR §7.1.4.2.5', allowed: TABLE, required: REGISTERED, named: true, others: true },
  individual: {
    clause: 'S/MIME BR §7.1.4.2.6',
    allowed: [...ALWAYS, ...PLACE, ...PERSON],
    required: [],
    named: true,
    others: true,
  },
}
