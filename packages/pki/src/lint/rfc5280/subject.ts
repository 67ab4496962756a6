import type { LintRule } from '../rule.ts'

export const subject: LintRule<'rfc5280/subject'> = {
  clause: 'RFC 5280 §4.1.2.4 and §4.1.2.6',
  problems: {
    'empty-issuer': 'error',
    'authority-without-name': 'error',
    'crl-signer-without-name': 'error',
    'no-critical-alternative-name': 'error',
  },
  check: (certificate, report) => {
    if (certificate.issuer.rdns.length === 0) report('empty-issuer')
    if (certificate.subject.rdns.length > 0) return
    if (certificate.isAuthority) report('authority-without-name')
    else if (certificate.value('keyUsage')?.includes('cRLSign')) report('crl-signer-without-name')
    if (certificate.criticality('subjectAltName') !== 'critical') report('no-critical-alternative-name')
  },
}
