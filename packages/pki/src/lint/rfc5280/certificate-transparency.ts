import type { LintRule } from '../rule.ts'

export const certificateTransparency: LintRule<'rfc5280/certificate-transparency'> = {
  clause: 'RFC 6962 §3.1',
  problems: { 'poison-and-timestamps': 'error' },
  // A precertificate is what is given to the logs, so it cannot have their answers yet.
  check: (certificate, report) => {
    if (certificate.criticality('precertificatePoison') === 'absent') return
    if (certificate.criticality('signedCertificateTimestamps') !== 'absent') report('poison-and-timestamps')
  },
}
