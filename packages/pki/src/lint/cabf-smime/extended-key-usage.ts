import type { LintRule } from '../rule.ts'
import { profileOf, TWO_PURPOSES_SINCE } from './profile.ts'

export const extendedKeyUsage: LintRule<'cabf-smime/extended-key-usage'> = {
  clause: 'S/MIME BR §7.1.2.2 g and §7.1.2.3 f',
  problems: {
    absent: 'error',
    'no-email-protection': 'error',
    forbidden: 'error',
    'not-strict': 'error',
    'since-2027': 'error',
    'authority-critical': 'warning',
    'root-has-purposes': 'error',
  },
  check: (certificate, report) => {
    const criticality = certificate.criticality('extendedKeyUsage')
    if (certificate.role === 'root') {
      if (criticality !== 'absent') report('root-has-purposes', {}, 'S/MIME BR §7.1.2.1 d')
      return
    }
    if (criticality === 'absent') return report('absent')
    if (criticality === 'critical' && certificate.isAuthority) report('authority-critical')
    const purposes = certificate.value('extendedKeyUsage') ?? []
    if (!purposes.includes('emailProtection')) report('no-email-protection')
    const strict = !certificate.isAuthority && profileOf(certificate)?.generation === 'strict'
    const two = certificate.at >= TWO_PURPOSES_SINCE
    for (const purpose of purposes) {
      if (purpose === 'emailProtection') continue
      if (FORBIDDEN.includes(purpose)) report('forbidden', { purpose })
      else if (strict) report('not-strict', { purpose })
      else if (two && purpose !== 'clientAuth') report('since-2027', { purpose })
    }
  },
}

const FORBIDDEN: readonly string[] = ['serverAuth', 'codeSigning', 'timeStamping', 'anyExtendedKeyUsage']
