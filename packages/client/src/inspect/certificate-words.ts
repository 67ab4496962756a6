import type { Voice } from '../ui/voice.ts'
import type { CertificateFacts } from './certificate.ts'
import type { Pair } from './common.ts'
import { extensionPairs } from './extension-words.ts'
import { keyText } from './key-words.ts'

export function certificatePairs(facts: CertificateFacts, voice: Voice, now: Date): Pair[] {
  const silent = !facts.extensions.some((one) => 'name' in one && one.name === 'basicConstraints')
  return [
    [voice.text('label_subject'), facts.subject || '∅'],
    [voice.text('label_issuer'), facts.selfSigned ? voice.text('inspect_self_signed') : facts.issuer],
    [voice.text('label_serial'), facts.serial],
    [voice.text('label_valid_from'), voice.instant(facts.notBefore)],
    [voice.text('label_valid_until'), voice.instant(facts.notAfter)],
    [voice.text('label_valid'), validity(facts, voice, now)],
    [voice.text('label_key'), keyText(facts.key, voice)],
    ...(silent ? [[voice.text('label_authority'), voice.text('inspect_not_authority')] as const] : []),
    ...extensionPairs(facts.extensions, voice),
    [voice.text('label_signature'), facts.signatureAlgorithm],
    [voice.text('label_key_fingerprint'), facts.key.fingerprint],
    [voice.text('label_fingerprint'), facts.fingerprint],
  ]
}

function validity({ status, notBefore, notAfter }: CertificateFacts, voice: Voice, now: Date): string {
  if (status === 'expired') return voice.text('inspect_expired', { at: voice.instant(notAfter) })
  if (status === 'not yet valid') return voice.text('inspect_early', { at: voice.instant(notBefore) })
  return voice.text('inspect_valid', { days: Math.floor((Date.parse(notAfter) - now.getTime()) / DAY) })
}

const DAY = 86_400_000
