import { attributeByOid } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'
import { unexpectedType } from './attribute-values.ts'

export const issuerValues: LintRule<'rfc5280/issuer-values'> = {
  clause: 'RFC 5280 §4.1.2.4',
  problems: { 'string-type': 'warning' },
  // The issuer's name is repeated as its own certificate has it, in the encoding of its day (case c).
  check: ({ issuer, selfIssued }, report) => {
    if (selfIssued) return
    for (const rdn of issuer.rdns) {
      for (const attribute of rdn) {
        const row = attributeByOid(attribute.oid)
        const type = row && unexpectedType(row, attribute)
        if (row && type !== undefined) report('string-type', { attribute: row.type, type })
      }
    }
  },
}
