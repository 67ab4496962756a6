import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const subject: LintRule = {
  name: 'rfc5280/subject',
  clause: 'RFC 5280 §4.1.2.4 and §4.1.2.6',
  severity: 'error',
  check: (certificate) => {
    const empty = certificate.subject.rdns.length === 0
    return breaches(
      [certificate.issuer.rdns.length === 0, { problem: 'empty issuer' }],
      [empty && certificate.isAuthority, { problem: 'authority without a name' }],
      [empty && certificate.criticality('subjectAltName') !== 'critical', { problem: 'no critical alternative name' }],
    )
  },
}
