import type { ExtensionName } from '../../x509/index.ts'
import { extensionName } from '../../x509/index.ts'
import type { LintCrl, LintRule } from '../rule.ts'

export const crlExtensions: LintRule<'rfc5280/crl-extensions', LintCrl> = {
  clause: 'RFC 5280 §5.2',
  problems: {
    absent: 'error',
    'must-be-critical': 'error',
    'must-not-be-critical': 'error',
    'should-not-be-critical': 'warning',
    'unknown-critical': 'warning',
    'delta-before-base': 'error',
    'delta-with-freshest': 'error',
  },
  check: (crl, report) => {
    for (const extension of NEEDED) if (crl.criticality(extension) === 'absent') report('absent', { extension })
    for (const { oid, critical } of crl.extensions) {
      const extension = extensionName(oid)
      if (!extension && critical) report('unknown-critical', { oid })
      if (extension === 'issuerAltName' && critical) {
        report('should-not-be-critical', { extension }, 'RFC 5280 §5.2.2')
      }
      const expected = extension && CRITICAL[extension]
      if (!extension || expected === undefined || expected === critical) continue
      report(expected ? 'must-be-critical' : 'must-not-be-critical', { extension })
    }
    const number = crl.value('cRLNumber')
    const base = crl.value('deltaCRLIndicator')
    if (base === undefined) return
    if (number !== undefined && number < base) report('delta-before-base', {}, 'RFC 5280 §5.2.4')
    // "MUST NOT appear in delta CRLs"
    if (crl.criticality('freshestCRL') !== 'absent') report('delta-with-freshest', {}, 'RFC 5280 §5.2.6')
  },
}

const NEEDED: readonly ExtensionName[] = ['cRLNumber', 'authorityKeyIdentifier']
const CRITICAL: { readonly [N in ExtensionName]?: boolean } = {
  authorityKeyIdentifier: false,
  cRLNumber: false,
  deltaCRLIndicator: true,
  issuingDistributionPoint: true,
  freshestCRL: false,
  authorityInfoAccess: false,
}
