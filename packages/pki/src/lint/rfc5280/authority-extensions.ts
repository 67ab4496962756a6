import type { ExtensionName } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'

export const authorityExtensions: LintRule<'rfc5280/authority-extensions'> = {
  clause: 'RFC 5280 §4.2.1.5, §4.2.1.11 and §4.2.1.14',
  problems: { 'only-for-authorities': 'warning' },
  roles: ['end'],
  // They steer the paths below an authority, and nothing is below this certificate.
  check: (certificate, report) => {
    for (const extension of STEERING) {
      if (certificate.criticality(extension) !== 'absent') report('only-for-authorities', { extension })
    }
  },
}

const STEERING: readonly ExtensionName[] = ['policyMappings', 'policyConstraints', 'inhibitAnyPolicy']
