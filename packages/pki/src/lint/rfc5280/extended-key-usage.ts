import type { KeyUsageBit } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

// Bits consistent with each purpose; one of them is needed where key usage is present (RFC 5280 §4.2.1.12).
const CONSISTENT: Readonly<Record<string, readonly KeyUsageBit[]>> = {
  serverAuth: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  clientAuth: ['digitalSignature', 'keyAgreement'],
  codeSigning: ['digitalSignature'],
  emailProtection: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
  timeStamping: ['digitalSignature', 'nonRepudiation'],
  ocspSigning: ['digitalSignature', 'nonRepudiation'],
}

export const extendedKeyUsage: LintRule = {
  name: 'rfc5280/extended-key-usage',
  clause: 'RFC 5280 §4.2.1.12',
  severity: 'error',
  check: (certificate) => {
    const purposes = certificate.value('extendedKeyUsage') ?? []
    const usages = certificate.value('keyUsage')
    const clashes = purposes.filter((purpose) => {
      const bits = CONSISTENT[purpose]
      // An authority's purposes bound those below it; its own key only signs certificates.
      return !certificate.isAuthority && usages && bits && !bits.some((bit) => usages.includes(bit))
    })
    const critical = certificate.criticality('extendedKeyUsage') === 'critical'
    return [
      ...clashes.map((purpose) => ({ problem: 'no matching key usage', purpose })),
      ...breaches(
        [critical && purposes.includes('anyExtendedKeyUsage'), { problem: 'critical with anyExtendedKeyUsage' }],
        [new Set(purposes).size !== purposes.length, { problem: 'purpose twice' }],
      ),
    ]
  },
}
