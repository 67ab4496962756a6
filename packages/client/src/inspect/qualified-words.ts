import { toHex } from '@scel/pki/bytes'
import type { QcStatement } from '@scel/pki/x509'
import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'

/** Statements of a qualified certificate, one line each. */
export const qcLines = (statements: readonly QcStatement[], voice: Voice): string =>
  statements.map((one) => statementText(one, voice)).join('\n')

function statementText(one: QcStatement, voice: Voice): string {
  switch (one.kind) {
    case 'compliance':
      return voice.text('qc_compliance')
    case 'limitValue':
      return voice.text('qc_limit', { amount: amountText(one), currency: plain(String(one.currency)) })
    case 'retentionPeriod':
      return voice.text('qc_retention', { years: one.years })
    case 'sscd':
      return voice.text('qc_sscd')
    case 'pds':
      return one.locations
        .map(({ url, language }) => voice.text('qc_pds', { url: plain(url), language: plain(language) }))
        .join('\n')
    case 'type':
      return voice.text('qc_type', { types: one.types.join(', ') })
    case 'legislation':
      return voice.text('qc_legislation', { countries: plain(one.countries.join(', ')) })
    case 'semantics':
      return voice.text('qc_semantics', { identifier: one.identifier ?? '—' })
    case 'other':
      return one.info ? `${one.oid} #${toHex(one.info)}` : one.oid
  }
}

/** Written out where that is short: 5 × 10³ is 5000. */
const amountText = ({ amount, exponent }: Extract<QcStatement, { kind: 'limitValue' }>): string =>
  exponent >= 0 && exponent <= 9 ? String(amount * 10n ** BigInt(exponent)) : `${amount} × 10^${exponent}`
