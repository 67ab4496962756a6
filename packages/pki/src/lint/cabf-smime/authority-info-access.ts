import type { LintRule } from '../rule.ts'
import { isHttp, profileOf } from './profile.ts'

export const authorityInfoAccess: LintRule<'cabf-smime/authority-info-access'> = {
  clause: 'S/MIME BR §7.1.2.2 c and §7.1.2.3 c',
  problems: {
    absent: 'warning',
    'no-ca-issuers': 'warning',
    'not-an-address': 'error',
    'other-scheme': 'error',
    'no-http': 'error',
  },
  roles: ['end', 'subordinate'],
  check: (certificate, report) => {
    if (certificate.criticality('authorityInfoAccess') === 'absent') return report('absent')
    const all = certificate.value('authorityInfoAccess') ?? []
    if (!all.some(({ method }) => method === 'caIssuers')) report('no-ca-issuers')
    const lenient = certificate.isAuthority || profileOf(certificate)?.generation === 'legacy'
    for (const wanted of ['ocsp', 'caIssuers']) {
      const locations = all.filter(({ method }) => method === wanted).map(({ location }) => location)
      const addresses = locations.flatMap((location) => (location.kind === 'uri' ? [location.value] : []))
      if (lenient) {
        if (locations.length > 0 && !addresses.some(isHttp)) report('no-http', { method: wanted })
        continue
      }
      if (addresses.length < locations.length) report('not-an-address', { method: wanted })
      for (const name of addresses) if (!isHttp(name)) report('other-scheme', { name })
    }
  },
}
