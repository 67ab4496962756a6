import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const keyUsage: LintRule = {
  name: 'rfc5280/key-usage',
  clause: 'RFC 5280 §4.2.1.3',
  severity: 'error',
  check: (certificate) => {
    const usages = certificate.value('keyUsage')
    const { kind } = certificate.publicKey
    const encipherment = usages?.some((usage) => usage === 'keyEncipherment' || usage === 'dataEncipherment') ?? false
    return breaches(
      [certificate.isAuthority && !usages?.includes('keyCertSign'), { problem: 'authority without keyCertSign' }],
      [usages?.length === 0, { problem: 'no bit set' }],
      [usages !== undefined && certificate.criticality('keyUsage') !== 'critical', { problem: 'not critical' }],
      // RFC 5480 §3 and RFC 8813 §3: an elliptic-curve key enciphers nothing.
      [kind === 'ec' && encipherment, { problem: 'encipherment with an elliptic-curve key' }],
      // RFC 4055 §1.2: RSA keys do not agree.
      [kind === 'rsa' && (usages?.includes('keyAgreement') ?? false), { problem: 'keyAgreement with an RSA key' }],
    )
  },
}
