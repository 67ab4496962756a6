import type { LintRule } from '../rule.ts'

export const version: LintRule<'rfc5280/version'> = {
  clause: 'RFC 5280 §4.1.2.1',
  problems: { 'not-3': 'error' },
  // "When extensions are used, … version MUST be 3", and every certificate that follows the profile has extensions.
  check: (certificate, report) => {
    if (certificate.version !== 3) report('not-3', { version: certificate.version })
  },
}
