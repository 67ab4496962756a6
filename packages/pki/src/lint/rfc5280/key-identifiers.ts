import { sameName } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const keyIdentifiers: LintRule = {
  name: 'rfc5280/key-identifiers',
  clause: 'RFC 5280 §4.2.1.1 and §4.2.1.2',
  severity: 'error',
  check: (certificate) => {
    const authority = certificate.value('authorityKeyIdentifier')
    const selfIssued = sameName(certificate.issuer, certificate.subject)
    const subject = certificate.criticality('subjectKeyIdentifier')
    return breaches(
      // A self-signed certificate may leave it out; so may nobody else.
      [!authority?.keyIdentifier && !selfIssued, { problem: 'absent', extension: 'authorityKeyIdentifier' }],
      [certificate.criticality('authorityKeyIdentifier') === 'critical', critical('authorityKeyIdentifier')],
      [subject === 'absent' && certificate.isAuthority, { problem: 'absent', extension: 'subjectKeyIdentifier' }],
      [subject === 'critical', critical('subjectKeyIdentifier')],
    )
  },
}

const critical = (extension: string): { problem: string; extension: string } => ({ problem: 'critical', extension })
