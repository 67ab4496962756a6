import { stringTypeOf } from '../../asn1/index.ts'
import type { NameAttribute } from '../../x509/index.ts'
import { attributeByOid } from '../../x509/index.ts'
import type { LintFacts, LintRule } from '../rule.ts'

export const attributeValues: LintRule = {
  name: 'rfc5280/attribute-values',
  clause: 'RFC 5280 appendix A.1',
  severity: 'error',
  check: ({ subject }) => subject.rdns.flatMap((rdn) => rdn.flatMap(problemsOf)),
}

function problemsOf(attribute: NameAttribute): LintFacts[] {
  const row = attributeByOid(attribute.oid)
  if (!row) return []
  const { value } = attribute
  const found: LintFacts[] = []
  if (value === undefined) return [{ attribute: row.type, problem: 'not a string' }]
  // Bounds count characters, and a character beyond the basic plane is one.
  const length = [...value].length
  if (length > row.longest) found.push({ attribute: row.type, problem: 'too long', length, longest: row.longest })
  if (value.trim() === '') found.push({ attribute: row.type, problem: 'empty' })
  // ISO 3166 letters, upper case as everyone compares them.
  if (row.type === 'countryName' && !/^[A-Z]{2}$/.test(value)) {
    found.push({ attribute: row.type, problem: 'not two capital letters' })
  }
  const type = stringTypeOf(attribute.valueDer[0]!)
  // DirectoryString: UTF8String or PrintableString for anything new (§4.1.2.4).
  const allowed = row.string === 'UTF8String' ? ['UTF8String', 'PrintableString'] : [row.string]
  if (!type || !allowed.includes(type)) found.push({ attribute: row.type, problem: 'string type', type: type ?? '' })
  return found
}
