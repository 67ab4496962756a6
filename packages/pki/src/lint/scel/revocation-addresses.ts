import type { LintRule } from '../rule.ts'

export const revocationAddresses: LintRule<'scel/revocation-addresses'> = {
  clause: 'Scel: whoever meets a certificate can find out whether it was revoked',
  problems: { none: 'warning' },
  check: (certificate, report) => {
    // A root cannot revoke itself, and an OCSP responder may say that it is not asked about (RFC 6960 §4.2.2.2.1).
    if (certificate.selfIssued || certificate.criticality('ocspNoCheck') !== 'absent') return
    if (certificate.criticality('crlDistributionPoints') !== 'absent') return
    if (!certificate.value('authorityInfoAccess')?.some(({ method }) => method === 'ocsp')) report('none')
  },
}
