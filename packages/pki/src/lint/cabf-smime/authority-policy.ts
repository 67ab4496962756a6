import { ANY_POLICY } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'
import { reservedPolicies } from './profile.ts'

export const authorityPolicy: LintRule<'cabf-smime/authority-policy'> = {
  clause: 'S/MIME BR §7.1.6.3',
  problems: {
    absent: 'error',
    'neither-reserved-nor-any': 'error',
    'any-beside-others': 'error',
    'root-has-policies': 'warning',
  },
  roles: ['subordinate', 'root'],
  check: (certificate, report) => {
    const absent = certificate.criticality('certificatePolicies') === 'absent'
    if (certificate.role === 'root') {
      if (!absent) report('root-has-policies', {}, 'S/MIME BR §7.1.6.2')
      return
    }
    if (absent) return report('absent', {}, 'S/MIME BR §7.1.2.2 a')
    const policies = certificate.value('certificatePolicies') ?? []
    // An authority of the same house may say "any"; another one names the policies it keeps, and only those.
    const any = policies.some(({ policy }) => policy === ANY_POLICY)
    if (any && policies.length > 1) report('any-beside-others')
    if (!any && reservedPolicies(certificate).length === 0) report('neither-reserved-nor-any')
  },
}
