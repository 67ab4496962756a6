import type { Step, StepRevocation } from '@scel/files/verdicts'
import { keyText } from '../inspect/key-words.ts'
import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'

type DrawnStep = Omit<Step, 'name' | 'issuerName' | 'emails' | 'spec'>

/** A path as a picture, the anchor on top; `missing` is the issuer that nobody gave. */
export function drawChain(
  steps: readonly DrawnStep[],
  missing: string | undefined,
  reason: string | undefined,
  voice: Voice,
): string[] {
  const top = missing === undefined ? [] : [`? ${plain(voice.text('chain_not_found', { name: missing }))}`]
  return [
    ...top,
    ...steps.flatMap((step, index) => {
      const depth = index + top.length
      const lead = depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `
      const below = ' '.repeat(depth * 3 + 4)
      const mark = step.fault ? '✗ ' : ''
      const details = [...facts(step, voice), ...(step.fault && reason ? [reason] : [])]
      return [`${lead}${mark}${plain(step.subject || step.serial)}`, ...details.map((line) => below + plain(line))]
    }),
  ]
}

function facts({ anchor, key, notBefore, notAfter, revocation }: DrawnStep, voice: Voice): string[] {
  const said = [
    ...(anchor ? [voice.text('chain_trusted')] : []),
    keyText(key, voice),
    voice.text('chain_dates', { from: voice.instant(notBefore), until: voice.instant(notAfter) }),
  ]
  // That nothing was asked is said once, for all of them.
  const asked = revocation && revocation.status !== 'not-asked'
  return [said.join(', '), ...(asked ? [revocationText(revocation, voice)] : [])]
}

function revocationText({ status, revokedAt, reason, source, number, asOf }: StepRevocation, voice: Voice): string {
  const at = asOf ? voice.instant(asOf) : ''
  const by =
    source === 'crl'
      ? voice.text('chain_by_crl', { number: number ?? '—', at })
      : source === 'ocsp'
        ? voice.text('chain_by_ocsp', { at })
        : ''
  switch (status) {
    case 'good':
      return voice.text('chain_good', { by })
    case 'revoked':
      return voice.text('chain_revoked', { at: revokedAt ? voice.instant(revokedAt) : '', reason: reason ?? '', by })
    case 'unknown':
      return voice.text('chain_unknown')
    case 'not-needed':
      return voice.text('chain_not_needed')
    case 'not-asked':
      return voice.text('chain_not_asked')
  }
}
