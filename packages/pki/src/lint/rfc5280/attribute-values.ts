import { stringTypeOf } from '../../asn1/index.ts'
import type { AttributeRow, Name, NameAttribute } from '../../x509/index.ts'
import { attributeByOid } from '../../x509/index.ts'
import type { LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/attribute-values'

export const attributeValues: LintRule<Rule> = {
  clause: 'RFC 5280 appendix A.1',
  problems: {
    'not-a-string': 'error',
    'too-long': 'error',
    empty: 'error',
    'outer-spaces': 'notice',
    country: 'error',
    'string-type': 'error',
    'issuer-string-type': 'warning',
    'twice-in-step': 'error',
  },
  check: (certificate, report) => {
    checkName(certificate.subject, report)
    for (const name of certificate.value('subjectAltName') ?? []) {
      if (name.kind === 'directoryName') checkName(name.name, report)
    }
    // The issuer's name is repeated as its own certificate has it, in the encoding of its day (§4.1.2.4 c).
    if (certificate.selfIssued) return
    for (const rdn of certificate.issuer.rdns) {
      for (const attribute of rdn) {
        const row = attributeByOid(attribute.oid)
        const type = row && unexpectedType(row, attribute)
        if (row && type !== undefined) report('issuer-string-type', { attribute: row.type, type }, STRINGS)
      }
    }
  },
}

function checkName(name: Name, report: Report<Rule>): void {
  for (const rdn of name.rdns) {
    for (const [index, attribute] of rdn.entries()) {
      checkAttribute(attribute, report)
      if (rdn.findIndex(({ oid }) => oid === attribute.oid) !== index) {
        report('twice-in-step', { attribute: attribute.type ?? attribute.oid }, 'X.501 §9.3')
      }
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
  if (value.trim() === '') report('empty', facts)
  else if (value.trim() !== value) report('outer-spaces', facts)
  // ISO 3166 letters, upper case as everyone compares them.
  if (row.type === 'countryName' && !/^[A-Z]{2}$/.test(value)) report('country', { ...facts, value })
  const type = unexpectedType(row, attribute)
  if (type !== undefined) report('string-type', { ...facts, type }, STRINGS)
}

/** The string type, when it is not one that new values are written in. */
function unexpectedType(row: AttributeRow, { valueDer }: NameAttribute): string | undefined {
  const type = stringTypeOf(valueDer[0]!) ?? ''
  if (type === row.string) return undefined
  // DirectoryString: UTF8String or PrintableString for anything new.
  return row.string === 'UTF8String' && type === 'PrintableString' ? undefined : type
}

const STRINGS = 'RFC 5280 §4.1.2.4'
