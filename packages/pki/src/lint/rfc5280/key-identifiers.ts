import type { LintRule } from '../rule.ts'

export const keyIdentifiers: LintRule<'rfc5280/key-identifiers'> = {
  clause: 'RFC 5280 §4.2.1.1 and §4.2.1.2',
  problems: { absent: 'error', 'should-be-present': 'warning', critical: 'error' },
  check: (certificate, report) => {
    const authority = certificate.criticality('authorityKeyIdentifier')
    const subject = certificate.criticality('subjectKeyIdentifier')
    const own = certificate.value('authorityKeyIdentifier')
    // A self-signed certificate may leave it out; so may nobody else. One that cannot be read is told by its own rule.
    const lacks = own ? !own.keyIdentifier : authority === 'absent'
    if (lacks && !certificate.selfIssued) {
      report('absent', { extension: 'authorityKeyIdentifier' })
    }
    if (subject === 'absent') {
      report(certificate.isAuthority ? 'absent' : 'should-be-present', { extension: 'subjectKeyIdentifier' })
    }
    if (authority === 'critical') report('critical', { extension: 'authorityKeyIdentifier' })
    if (subject === 'critical') report('critical', { extension: 'subjectKeyIdentifier' })
  },
}
