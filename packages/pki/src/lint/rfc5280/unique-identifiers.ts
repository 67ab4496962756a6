import type { LintRule } from '../rule.ts'

export const uniqueIdentifiers: LintRule<'rfc5280/unique-identifiers'> = {
  clause: 'RFC 5280 §4.1.2.8',
  problems: { present: 'error' },
  check: ({ hasUniqueIdentifiers }, report) => {
    if (hasUniqueIdentifiers) report('present')
  },
}
