import type { DistributionPoint } from '../../x509/index.ts'
import { isUri } from '../names.ts'
import type { LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/distribution-points'

export const distributionPoints: LintRule<Rule> = {
  clause: 'RFC 5280 §4.2.1.13 and §4.2.1.15',
  problems: {
    'no-name-and-no-issuer': 'error',
    'not-all-reasons': 'error',
    'relative-name': 'warning',
    'relative-to-several': 'error',
    'issuer-is-no-directory-name': 'error',
    'no-http-or-ldap': 'warning',
    'address-syntax': 'error',
  },
  check: (certificate, report) => {
    const points = certificate.value('crlDistributionPoints')
    for (const point of points ?? []) checkPoint(point, 'crlDistributionPoints', report)
    for (const point of certificate.value('freshestCRL') ?? []) checkPoint(point, 'freshestCRL', report)
    // "it MUST include at least one DistributionPoint that points to a CRL that covers … all reasons"
    if (points?.every(({ reasons }) => reasons !== undefined)) {
      report('not-all-reasons', { extension: 'crlDistributionPoints' })
    }
  },
}

function checkPoint(point: DistributionPoint, extension: string, report: Report<Rule>): void {
  const { fullName, relativeName, crlIssuer } = point
  if (!fullName && !relativeName && !crlIssuer) report('no-name-and-no-issuer', { extension })
  if (crlIssuer?.some(({ kind }) => kind !== 'directoryName')) report('issuer-is-no-directory-name', { extension })
  if (relativeName) {
    report('relative-name', { extension })
    if (crlIssuer && crlIssuer.length > 1) report('relative-to-several', { extension })
  }
  if (!fullName) return
  const addresses = fullName.flatMap((name) => (name.kind === 'uri' ? [name.value] : []))
  for (const name of addresses) if (!isUri(name)) report('address-syntax', { extension, name })
  if (!addresses.some((address) => /^(?:http|ldap):/i.test(address))) report('no-http-or-ldap', { extension })
}
