import type { KeyUsageBit } from '../../x509/index.ts'
import type { LintContent, LintRule } from '../rule.ts'

export const extendedKeyUsage: LintRule<'rfc5280/extended-key-usage', LintContent> = {
  clause: 'RFC 5280 §4.2.1.12',
  problems: {
    'no-matching-key-usage': 'error',
    'critical-with-any': 'warning',
    twice: 'error',
    'time-stamping-not-critical': 'error',
    'time-stamping-not-alone': 'error',
  },
  check: (certificate, report) => {
    const purposes = certificate.value('extendedKeyUsage')
    if (!purposes) return
    const usages = certificate.value('keyUsage')
    const critical = certificate.criticality('extendedKeyUsage') === 'critical'
    if (critical && purposes.includes('anyExtendedKeyUsage')) report('critical-with-any')
    const seen = new Set<string>()
    for (const purpose of purposes) {
      if (seen.has(purpose)) report('twice', { purpose })
      seen.add(purpose)
    }
    // An authority's purposes bound those below it; its own key only signs certificates.
    if (certificate.isAuthority) return
    for (const purpose of purposes) {
      const bits = CONSISTENT[purpose]
      if (usages && bits && !bits.some((bit) => usages.includes(bit))) report('no-matching-key-usage', { purpose })
    }
    if (purposes.includes('timeStamping')) {
      if (!critical) report('time-stamping-not-critical', {}, 'RFC 3161 §2.3')
      if (purposes.length > 1) report('time-stamping-not-alone', {}, 'RFC 3161 §2.3')
    }
  },
}

// Bits consistent with each purpose; one of them is needed where key usage is present.
const CONSISTENT: Readonly<Record<string, readonly KeyUsageBit[]>> = {
  serverAuth: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  clientAuth: ['digitalSignature', 'keyAgreement'],
  codeSigning: ['digitalSignature'],
  emailProtection: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
  timeStamping: ['digitalSignature', 'nonRepudiation'],
  ocspSigning: ['digitalSignature', 'nonRepudiation'],
}
