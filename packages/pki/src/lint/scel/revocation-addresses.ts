import { sameName } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const revocationAddresses: LintRule = {
  name: 'scel/revocation-addresses',
  clause: 'Scel: whoever meets a certificate can find out whether it was revoked',
  severity: 'warning',
  check: (certificate) => {
    const crl = certificate.criticality('crlDistributionPoints') !== 'absent'
    const ocsp = certificate.value('authorityInfoAccess')?.some(({ method }) => method === 'ocsp') ?? false
    // A root cannot revoke itself, and an OCSP responder may say that it is not asked about (RFC 6960 §4.2.2.2.1).
    const exempt =
      sameName(certificate.issuer, certificate.subject) || certificate.criticality('ocspNoCheck') !== 'absent'
    return breaches([!crl && !ocsp && !exempt, { problem: 'neither CRL nor OCSP address' }])
  },
}
