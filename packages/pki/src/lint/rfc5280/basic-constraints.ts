import type { LintContent, LintRule } from '../rule.ts'

export const basicConstraints: LintRule<'rfc5280/basic-constraints', LintContent> = {
  clause: 'RFC 5280 §4.2.1.9',
  problems: {
    'not-critical': 'error',
    'keyCertSign-without-cA': 'error',
    'path-length-without-cA': 'error',
    'path-length-without-keyCertSign': 'error',
  },
  check: (certificate, report) => {
    const signs = certificate.value('keyUsage')?.includes('keyCertSign') ?? false
    const limited = certificate.value('basicConstraints')?.pathLength !== undefined
    if (certificate.isAuthority) {
      if (certificate.criticality('basicConstraints') !== 'critical') report('not-critical')
      if (limited && !signs) report('path-length-without-keyCertSign')
    } else {
      if (signs) report('keyCertSign-without-cA')
      if (limited) report('path-length-without-cA')
    }
  },
}
