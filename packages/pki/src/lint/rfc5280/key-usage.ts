import type { LintContent, LintRule } from '../rule.ts'

export const keyUsage: LintRule<'rfc5280/key-usage', LintContent> = {
  clause: 'RFC 5280 §4.2.1.3',
  problems: {
    'authority-without-keyCertSign': 'error',
    'no-bit': 'error',
    'not-critical': 'warning',
    'only-without-agreement': 'warning',
    'encipherOnly-and-decipherOnly': 'error',
  },
  check: (certificate, report) => {
    const usages = certificate.value('keyUsage')
    // One that is there and cannot be read is told by its own rule.
    if (!usages && certificate.criticality('keyUsage') !== 'absent') return
    if (certificate.isAuthority && !usages?.includes('keyCertSign')) report('authority-without-keyCertSign')
    if (!usages) return
    if (usages.length === 0) report('no-bit')
    if (certificate.criticality('keyUsage') !== 'critical') report('not-critical')
    // Their meaning without keyAgreement is undefined, and together they leave nothing to do.
    const only = usages.filter((usage) => usage === 'encipherOnly' || usage === 'decipherOnly')
    if (only[0] && !usages.includes('keyAgreement')) report('only-without-agreement', { usage: only[0] })
    if (only.length === 2) report('encipherOnly-and-decipherOnly', {}, 'RFC 5480 §3')
  },
}
