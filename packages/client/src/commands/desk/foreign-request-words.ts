import { FINDING_SENTENCES, SENTENCES, USAGE_TEXTS } from '@scel/contract/errors'
import type { RequestFile, RequestFinding } from '@scel/files/request'
import { fill } from '../../ui/messages/index.ts'
import { inVoice, type Voice } from '../../ui/voice.ts'

/** What a request that was made elsewhere says, for people to look at before it is sent. What it does not say is left out. */
export function requestPairs(file: RequestFile, voice: Voice): [string, string][] {
  const { subject, names, key, keyUsage = [], extendedKeyUsage = [], fingerprint } = file
  const usages = (all: readonly string[]): string =>
    all.map((usage) => fill(USAGE_TEXTS[voice.language], voice.language, { usage })).join(', ')
  return [
    [voice.text('label_subject'), subject || '∅'],
    [voice.text('label_names'), names.map(({ text }) => text).join(', ')],
    [voice.text('label_key'), key.name],
    [voice.text('label_usages'), usages(keyUsage)],
    [voice.text('label_extended_usages'), usages(extendedKeyUsage)],
    [voice.text('label_key_fingerprint'), fingerprint],
  ].filter((pair): pair is [string, string] => pair[1] !== '')
}

/** A finding in the sentence that desk and portal have for it. */
export function findingText(finding: RequestFinding, { language }: Voice): string {
  const text =
    finding.level === 'refused' ? SENTENCES[language][finding.code].says : FINDING_SENTENCES[language][finding.code]
  return inVoice(fill(text, language, finding.facts))
}
