import type { RequestRefusal, SubjectFacts } from './finding.ts'
import type { RequestAttribute } from './request-content.ts'
import type { SubjectRules } from './rules.ts'

/** What a subject gives of its own, beside what is laid down. */
export interface GivenSubject {
  readonly commonName?: string
  readonly state?: string
  readonly locality?: string
}

/**
 * Reads a subject that may repeat what is laid down, and give state, locality and common name; whatever else it says is refused.
 * @param rules undefined where nobody knows what is laid down
 */
export function judgeSubject(
  attributes: readonly RequestAttribute[],
  rules: SubjectRules | undefined,
): { readonly given: GivenSubject; readonly refused: readonly RequestRefusal[] } {
  const given: { -readonly [K in keyof GivenSubject]: GivenSubject[K] } = {}
  const refused: RequestRefusal[] = []
  const seen = new Set<string>()
  for (const attribute of attributes) {
    const { type, oid, value, label } = attribute
    const found = { attribute: label, found: value.slice(0, 100) }
    const once = type === 'organizationalUnitName' ? `OU=${value}` : oid
    if (seen.has(once)) {
      refused.push(subjectRefusal({ ...found, expected: 'given once' }))
      continue
    }
    seen.add(once)
    const wanted = rules && expectedOf(attribute, rules)
    if (wanted !== undefined) refused.push(subjectRefusal({ ...found, expected: wanted }))
    const field = type && GIVEN[type]
    if (field) given[field] = value
  }
  return { given, refused }
}

/** Of a subject without a common name. @param expected how the holder is to be called */
export const nameless = (expected: string): RequestRefusal => subjectRefusal({ attribute: 'CN', expected, found: '' })

/** What had to stand there; undefined where what stands there is fine. */
function expectedOf({ type, value }: RequestAttribute, rules: SubjectRules): string | undefined {
  switch (type) {
    case 'countryName':
      return value.slice(0, 100) === rules.country ? undefined : rules.country
    case 'organizationName':
      return value.slice(0, 100) === rules.organisation ? undefined : rules.organisation
    case 'organizationalUnitName':
      return rules.units.includes(value) ? undefined : rules.units.join(', ')
    case 'stateOrProvinceName':
    case 'localityName':
      return isPlace(value, rules) ? undefined : '1–128'
    case 'commonName':
      return undefined
    default:
      return '–'
  }
}

/** ub-state-name and ub-locality-name (RFC 5280 appendix A.1); nothing that changes how a line is read. */
const isPlace = (value: string, rules: SubjectRules): boolean =>
  value !== '' && value.trim() === value && [...value].length <= 128 && rules.isLine(value) && !STACKED.test(value)

const subjectRefusal = (facts: SubjectFacts): RequestRefusal => ({
  level: 'refused',
  code: 'subject_not_allowed',
  facts,
})

const GIVEN: Readonly<Record<string, keyof GivenSubject>> = {
  commonName: 'commonName',
  stateOrProvinceName: 'state',
  localityName: 'locality',
}

/** Accents upon accents, which cover the lines above. */
const STACKED = /\p{M}{2}/u
