import type { LintRule } from '../rule.ts'
import { NO_LEGACY_SINCE, profileOf, reservedPolicies } from './profile.ts'

export const policy: LintRule<'cabf-smime/policy'> = {
  clause: 'S/MIME BR §7.1.2.3 a',
  problems: {
    absent: 'error',
    'no-reserved': 'error',
    'several-reserved': 'error',
    legacy: 'error',
    critical: 'warning',
  },
  roles: ['end'],
  check: (certificate, report) => {
    const criticality = certificate.criticality('certificatePolicies')
    if (criticality === 'absent') return report('absent')
    if (criticality === 'critical') report('critical')
    const reserved = reservedPolicies(certificate)
    if (reserved.length === 0) report('no-reserved', {}, 'S/MIME BR §7.1.6.4')
    if (reserved.length > 1) report('several-reserved', { policies: reserved.join(', ') })
    if (profileOf(certificate)?.generation === 'legacy' && certificate.at >= NO_LEGACY_SINCE) {
      report('legacy', { policy: reserved[0]! }, 'S/MIME BR §7.1.6.1')
    }
  },
}
