import { ANY_POLICY } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'

export const policyMappings: LintRule<'rfc5280/policy-mappings'> = {
  clause: 'RFC 5280 §4.2.1.5',
  problems: { 'any-policy': 'error', 'not-asserted': 'warning' },
  check: (certificate, report) => {
    const mappings = certificate.value('policyMappings')
    if (!mappings) return
    const mapsAny = mappings.some((one) => [one.issuerDomainPolicy, one.subjectDomainPolicy].includes(ANY_POLICY))
    if (mapsAny) report('any-policy')
    const asserted = new Set(certificate.value('certificatePolicies')?.map(({ policy }) => policy))
    for (const policy of new Set(mappings.map(({ issuerDomainPolicy }) => issuerDomainPolicy))) {
      if (policy !== ANY_POLICY && !asserted.has(policy)) report('not-asserted', { policy })
    }
  },
}
