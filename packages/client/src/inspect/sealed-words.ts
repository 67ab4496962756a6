import type { Voice } from '../ui/voice.ts'
import { optionalPair, type Pair } from './common.ts'
import { contentText } from './content-words.ts'
import type { RecipientLine, SealedFileFacts } from './sealed.ts'

export function sealedPairs(facts: SealedFileFacts, voice: Voice): Pair[] {
  const { structure, contentType, cipher, weak } = facts
  return [
    [voice.text('label_protection'), voice.text(`protection_${structure}`)],
    ...optionalPair(
      voice.text('label_encryption'),
      cipher !== undefined && weak ? voice.text('pkcs12_weak_protection', { how: cipher }) : cipher,
    ),
    ...optionalPair(voice.text('label_content'), contentText(contentType, voice)),
    ...recipientPairs(facts, voice),
  ]
}

function recipientPairs({ structure, recipients }: SealedFileFacts, voice: Voice): Pair[] {
  const label = voice.text('label_recipient')
  if (structure === 'encryptedData') return [[label, voice.text('recipient_nobody')]]
  const shown = recipients.slice(0, MOST_RECIPIENTS)
  const more = recipients.length - shown.length
  return [
    ...shown.map((one): Pair => [label, recipientText(one, voice)]),
    ...(more > 0 ? [['', voice.text('inspect_more_entries', { count: more })] as const] : []),
  ]
}

function recipientText(recipient: RecipientLine, voice: Voice): string {
  const { algorithm, own } = recipient
  const how = voice.text('recipient_how', { who: nameText(recipient, voice), algorithm })
  return own === undefined ? how : `${how}\n${voice.text('recipient_own', { subject: own })}`
}

function nameText({ kind, issuer = '', serial = '', keyIdentifier = '' }: RecipientLine, voice: Voice): string {
  switch (kind) {
    case 'passphrase':
      return voice.text('recipient_passphrase')
    case 'secret-key':
      return voice.text('recipient_secret_key', { identifier: keyIdentifier })
    case 'other':
      return voice.text('recipient_other')
    default:
      return certificateText({ issuer, serial, keyIdentifier }, voice)
  }
}

/** A certificate by what a CMS file calls it. */
export const certificateText = (
  { issuer = '', serial = '', keyIdentifier }: Partial<Pick<RecipientLine, 'issuer' | 'serial' | 'keyIdentifier'>>,
  voice: Voice,
): string =>
  keyIdentifier
    ? voice.text('named_by_key', { identifier: keyIdentifier })
    : voice.text('named_by_serial', { serial, issuer })

// As many as a terminal shows; a file may have thousands.
const MOST_RECIPIENTS = 50
