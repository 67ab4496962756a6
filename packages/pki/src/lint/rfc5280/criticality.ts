import type { ExtensionName } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'

// "MUST mark this extension as non-critical", or as critical for name constraints.
const NEVER_CRITICAL: readonly ExtensionName[] = ['authorityInfoAccess', 'ocspNoCheck', 'issuerAltName']

export const criticality: LintRule = {
  name: 'rfc5280/criticality',
  clause: 'RFC 5280 §4.2',
  severity: 'error',
  check: (certificate) => [
    ...NEVER_CRITICAL.filter((name) => certificate.criticality(name) === 'critical').map((extension) => ({
      problem: 'critical',
      extension,
    })),
    ...(certificate.criticality('nameConstraints') === 'not critical'
      ? [{ problem: 'not critical', extension: 'nameConstraints' }]
      : []),
    ...(certificate.criticality('nameConstraints') !== 'absent' && !certificate.isAuthority
      ? [{ problem: 'only for authorities', extension: 'nameConstraints' }]
      : []),
  ],
}
