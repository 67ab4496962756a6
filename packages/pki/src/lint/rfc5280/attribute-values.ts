import { stringTypeOf } from '../../asn1/index.ts'
import type { AttributeRow, Name, NameAttribute } from '../../x509/index.ts'
import { attributeByOid } from '../../x509/index.ts'
import type { LintContent, LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/attribute-values'

export const attributeValues: LintRule<Rule, LintContent> = {
  clause: 'RFC 5280 appendix A.1',
  problems: {
    'not-a-string': 'error',
    'too-long': 'error',
    empty: 'error',
    'outer-spaces': 'notice',
    country: 'error',
    'string-type': 'error',
    'control-character': 'error',
    'twice-in-step': 'error',
  },
  check: (certificate, report) => {
    checkName(certificate.subject, report)
    for (const name of certificate.value('subjectAltName') ?? []) {
      if (name.kind === 'directoryName') checkName(name.name, report)
    }
  },
}

function checkName(name: Name, report: Report<Rule>): void {
  for (const rdn of name.rdns) {
    const seen = new Set<string>()
    for (const attribute of rdn) {
      checkAttribute(attribute, report)
      if (seen.has(attribute.oid)) {
        report('twice-in-step', { attribute: attribute.type ?? attribute.oid }, 'X.501 §9.3')
      }
      seen.add(attribute.oid)
    }
  }
}

function checkAttribute(attribute: NameAttribute, report: Report<Rule>): void {
  const row = attributeByOid(attribute.oid)
  if (!row) return
  const { value } = attribute
  const facts = { attribute: row.type }
  if (value === undefined) {
    report('not-a-string', facts)
    return
  }
  // Bounds count characters, and a character beyond the basic plane is one.
  const length = value.length <= row.longest ? value.length : [...value].length
  if (length > row.longest) report('too-long', { ...facts, length, longest: row.longest })
  const trimmed = value.trim()
  if (trimmed === '') report('empty', facts)
  else if (trimmed !== value) report('outer-spaces', facts)
  if (/\p{Cc}/u.test(value)) report('control-character', facts)
  // ISO 3166 letters, upper case as everyone compares them.
  if (row.type === 'countryName' && !/^[A-Z]{2}$/.test(value)) report('country', { ...facts, value })
  const type = unexpectedType(row, attribute)
  if (type !== undefined) report('string-type', { ...facts, type }, STRINGS)
}

/** The string type, when it is not one that new values are written in. */
export function unexpectedType(row: AttributeRow, { valueDer }: NameAttribute): string | undefined {
  const type = stringTypeOf(valueDer[0]!) ?? ''
  if (type === row.string) return undefined
  // DirectoryString: UTF8String or PrintableString for anything new.
  return row.string === 'UTF8String' && type === 'PrintableString' ? undefined : type
}

const STRINGS = 'RFC 5280 §4.1.2.4'
