import type { KeyKind } from '../../algorithms/index.ts'
import type { KeyUsageBit } from '../../x509/index.ts'
import type { LintRule, LintSubject, Report } from '../rule.ts'
import { profileOf } from './profile.ts'

type Rule = 'cabf-smime/key-usage'

export const keyUsage: LintRule<Rule> = {
  clause: 'S/MIME BR §7.1.2.3 e',
  problems: {
    absent: 'error',
    'not-critical': 'error',
    forbidden: 'error',
    'none-of': 'error',
    needs: 'error',
    'authority-without': 'error',
  },
  check: (certificate, report) => {
    const usages = certificate.value('keyUsage')
    if (certificate.criticality('keyUsage') === 'absent') return report('absent')
    // One that cannot be read is told by its own rule.
    if (!usages) return
    if (certificate.isAuthority) checkAuthority(certificate, report)
    else checkSubscriber(certificate, usages, report)
  },
}

function checkAuthority(certificate: LintSubject, report: Report<Rule>): void {
  const clause = certificate.role === 'root' ? 'S/MIME BR §7.1.2.1 b' : 'S/MIME BR §7.1.2.2 e'
  // Of a subscriber's certificate it is a "should", as RFC 5280 has it already.
  if (certificate.criticality('keyUsage') !== 'critical') report('not-critical', {}, clause)
  for (const usage of ['keyCertSign', 'cRLSign'] as const) {
    if (!certificate.value('keyUsage')?.includes(usage)) report('authority-without', { usage }, clause)
  }
}

function checkSubscriber(certificate: LintSubject, usages: readonly KeyUsageBit[], report: Report<Rule>): void {
  const { kind } = certificate.publicKey
  const strict = profileOf(certificate)?.generation === 'strict'
  const row = ROWS[kind]
  if (!row) return
  const allowed = [...row.oneOf, ...Object.keys(row.beside)]
  for (const usage of usages) {
    if (!allowed.includes(usage) || (strict && usage === 'dataEncipherment')) report('forbidden', { kind, usage })
    const needed = row.beside[usage]
    if (needed && !usages.includes(needed)) report('needs', { usage, needed })
  }
  if (!row.oneOf.some((usage) => usages.includes(usage))) report('none-of', { kind, usages: row.oneOf.join(', ') })
}

/** For signing, for managing keys, or for both; and what may stand beside which of these. */
interface Row {
  readonly oneOf: readonly KeyUsageBit[]
  readonly beside: { readonly [U in KeyUsageBit]?: KeyUsageBit }
}

const signing: Row = { oneOf: ['digitalSignature'], beside: { nonRepudiation: 'digitalSignature' } }
const ROWS: { readonly [K in KeyKind]?: Row } = {
  rsa: {
    oneOf: ['digitalSignature', 'keyEncipherment'],
    beside: { nonRepudiation: 'digitalSignature', dataEncipherment: 'keyEncipherment' },
  },
  ec: {
    oneOf: ['digitalSignature', 'keyAgreement'],
    beside: { nonRepudiation: 'digitalSignature', encipherOnly: 'keyAgreement', decipherOnly: 'keyAgreement' },
  },
  ed25519: signing,
  ed448: signing,
  'ml-dsa': signing,
  'ml-kem': { oneOf: ['keyEncipherment'], beside: {} },
}
