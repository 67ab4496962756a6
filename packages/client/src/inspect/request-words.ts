import type { Voice } from '../ui/voice.ts'
import type { Pair } from './common.ts'
import { extensionPairs } from './extension-words.ts'
import { keyText } from './key-words.ts'
import type { RequestFacts } from './request.ts'

export function requestPairs(facts: RequestFacts, voice: Voice): Pair[] {
  const { signatureGood: good, applicant, otherAttributes } = facts
  const check =
    good === undefined
      ? voice.text('inspect_signature_unknown', { reason: facts.signatureAlgorithm })
      : voice.text(good ? 'inspect_signature_good' : 'inspect_signature_bad')
  const attributes = [
    ...(applicant ? [voice.text('inspect_applicant', { thumbprint: applicant })] : []),
    ...otherAttributes,
  ]
  return [
    [voice.text('label_subject'), facts.subject || '∅'],
    [voice.text('label_key'), keyText(facts.key, voice)],
    ...extensionPairs(facts.extensions, voice),
    ...(attributes.length > 0 ? [[voice.text('label_attributes'), attributes.join(', ')] as const] : []),
    [voice.text('label_signature'), facts.signatureAlgorithm],
    [voice.text('label_signature_check'), check],
    [voice.text('label_key_fingerprint'), facts.key.fingerprint],
  ]
}
