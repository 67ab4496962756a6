import type { LintRule } from '../rule.ts'
import { isHttp, profileOf } from './profile.ts'

export const crlDistributionPoints: LintRule<'cabf-smime/crl-distribution-points'> = {
  clause: 'S/MIME BR §7.1.2.2 b and §7.1.2.3 b',
  problems: { absent: 'error', critical: 'error', 'no-http': 'error', 'other-scheme': 'error' },
  roles: ['end', 'subordinate'],
  check: (certificate, report) => {
    const criticality = certificate.criticality('crlDistributionPoints')
    if (criticality === 'absent') return report('absent')
    // Of a subscriber's certificate it is a "should", as RFC 5280 has it already.
    if (criticality === 'critical' && certificate.isAuthority) report('critical')
    const names = (certificate.value('crlDistributionPoints') ?? []).flatMap(({ fullName = [] }) => fullName)
    const addresses = names.flatMap((name) => (name.kind === 'uri' ? [name.value] : []))
    if (!addresses.some(isHttp)) report('no-http')
    if (certificate.isAuthority || profileOf(certificate)?.generation === 'legacy') return
    for (const name of addresses) if (!isHttp(name)) report('other-scheme', { name })
  },
}
