// What a key may be used for follows from its algorithm: each has its document.

import type { KeyKind } from '../../algorithms/index.ts'
import type { KeyUsageBit } from '../../x509/index.ts'
import type { LintContent, LintRule } from '../rule.ts'

export const keyUsageOfKey: LintRule<'rfc5280/key-usage-of-key', LintContent> = {
  clause: 'RFC 5280 §4.2.1.3',
  problems: { forbidden: 'error', required: 'error', mixed: 'warning' },
  check: (certificate, report) => {
    const { kind } = certificate.publicKey
    const usages = certificate.value('keyUsage')
    const row = ROWS[kind]
    if (!usages || !row || usages.length === 0) return
    for (const usage of usages) {
      if (!row.allowed.includes(usage)) report('forbidden', { kind, usage }, row.clause)
    }
    if (row.oneOf && !row.oneOf.some((usage) => usages.includes(usage))) {
      report('required', { kind, usage: row.oneOf.join(', ') }, row.clause)
    }
    // Both documents recommend that a key which signs certificates or lists does nothing else but sign.
    const signsForOthers = usages.includes('keyCertSign') || usages.includes('cRLSign')
    const mixed = usages.filter((usage) => row.notBesideSigning?.includes(usage))
    if (signsForOthers && mixed.length > 0) report('mixed', { kind, usage: mixed.join(', ') }, row.clause)
  },
}

interface Row {
  readonly clause: string
  readonly allowed: readonly KeyUsageBit[]
  /** At least one of these. */
  readonly oneOf?: readonly KeyUsageBit[]
  readonly notBesideSigning?: readonly KeyUsageBit[]
}

const SIGNING: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation', 'keyCertSign', 'cRLSign']
const ENCIPHERING: readonly KeyUsageBit[] = ['keyEncipherment', 'dataEncipherment']
const AGREEING: readonly KeyUsageBit[] = ['keyAgreement', 'encipherOnly', 'decipherOnly']
const signatures = (clause: string): Row => ({ clause, allowed: SIGNING, oneOf: SIGNING })
const agreement: Row = { clause: 'RFC 9295 §3', allowed: AGREEING, oneOf: ['keyAgreement'] }

const ROWS: Readonly<Record<KeyKind, Row | undefined>> = {
  rsa: { clause: 'RFC 4055 §1.2', allowed: [...SIGNING, ...ENCIPHERING], notBesideSigning: ENCIPHERING },
  'rsa-pss': signatures('RFC 4055 §1.2'),
  ec: { clause: 'RFC 8813 §3 and RFC 5480 §3', allowed: [...SIGNING, ...AGREEING], notBesideSigning: AGREEING },
  ed25519: signatures('RFC 9295 §3'),
  ed448: signatures('RFC 9295 §3'),
  x25519: agreement,
  x448: agreement,
  'ml-dsa': signatures('RFC 9881 §5'),
  'slh-dsa': signatures('RFC 9909 §6'),
  'ml-kem': { clause: 'RFC 9935 §5', allowed: ['keyEncipherment'] },
  other: undefined,
}
