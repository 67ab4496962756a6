import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const version: LintRule = {
  name: 'rfc5280/version',
  clause: 'RFC 5280 §4.1.2.1',
  severity: 'error',
  // "When extensions are used, … version MUST be 3"; every certificate here has extensions.
  check: (certificate) => breaches([certificate.version !== 3, { version: certificate.version }]),
}
