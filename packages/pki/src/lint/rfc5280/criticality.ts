import type { ExtensionName } from '../../x509/index.ts'
import { extensionName } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'

export const criticality: LintRule<'rfc5280/criticality'> = {
  clause: 'RFC 5280 §4.2',
  problems: {
    'must-be': 'error',
    'must-not-be': 'error',
    'should-be': 'warning',
    'should-not-be': 'warning',
    unknown: 'warning',
  },
  check: (certificate, report) => {
    for (const { oid, critical } of certificate.extensions) {
      const extension = extensionName(oid)
      // "caution ought to be exercised in adopting any critical extensions": most readers refuse the certificate.
      if (!extension && critical) report('unknown', { oid })
      const row = extension && ROWS[extension]
      if (row && row.critical !== critical) report(row.problem, { extension }, row.clause)
    }
  },
}

interface Row {
  readonly critical: boolean
  readonly problem: 'must-be' | 'must-not-be' | 'should-be' | 'should-not-be'
  readonly clause: string
}

const must = (clause: string): Row => ({ critical: true, problem: 'must-be', clause })
const mustNot = (clause: string): Row => ({ critical: false, problem: 'must-not-be', clause })
const should = (clause: string): Row => ({ critical: true, problem: 'should-be', clause })
const shouldNot = (clause: string): Row => ({ critical: false, problem: 'should-not-be', clause })

// Those whose own rule says more have their criticality there.
const ROWS: { readonly [N in ExtensionName]?: Row } = {
  authorityInfoAccess: mustNot('RFC 5280 §4.2.2.1'),
  subjectInfoAccess: mustNot('RFC 5280 §4.2.2.2'),
  subjectDirectoryAttributes: mustNot('RFC 5280 §4.2.1.8'),
  freshestCRL: mustNot('RFC 5280 §4.2.1.15'),
  smimeCapabilities: mustNot('RFC 4262 §2'),
  precertificatePoison: must('RFC 6962 §3.1'),
  policyConstraints: must('RFC 5280 §4.2.1.11'),
  inhibitAnyPolicy: must('RFC 5280 §4.2.1.14'),
  policyMappings: should('RFC 5280 §4.2.1.5'),
  issuerAltName: shouldNot('RFC 5280 §4.2.1.7'),
  crlDistributionPoints: shouldNot('RFC 5280 §4.2.1.13'),
  tlsFeature: shouldNot('RFC 7633 §4'),
  ocspNoCheck: shouldNot('RFC 6960 §4.2.2.2.1'),
}
