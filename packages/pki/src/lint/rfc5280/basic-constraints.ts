import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const basicConstraints: LintRule = {
  name: 'rfc5280/basic-constraints',
  clause: 'RFC 5280 §4.2.1.9',
  severity: 'error',
  check: (certificate) => {
    const constraints = certificate.value('basicConstraints')
    const signs = certificate.value('keyUsage')?.includes('keyCertSign') ?? false
    return breaches(
      [
        certificate.isAuthority && certificate.criticality('basicConstraints') !== 'critical',
        { problem: 'not critical' },
      ],
      [signs && !certificate.isAuthority, { problem: 'keyCertSign without cA' }],
      [constraints?.pathLength !== undefined && !certificate.isAuthority, { problem: 'path length without cA' }],
    )
  },
}
