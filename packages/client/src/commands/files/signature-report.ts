import type { ChainFacts, SignedFileFacts } from '@scel/files/verdicts'
import { type SignatureDocument, signatureDocument, signatureLines } from '../../signing/index.ts'
import type { DeskRecord } from '../../state/desk-record.ts'
import { askRevocation, onlineFacts, sayAddresses } from '../input/online.ts'
import type { Shell } from '../input/shell.ts'
import type { SignatureQuestion } from './signature-question.ts'

export interface Reported {
  readonly file: string
  /** The file that a signature alone was compared with. */
  readonly content?: string
  readonly question: SignatureQuestion
  readonly facts: SignedFileFacts<DeskRecord>
  /** Whether standard output is taken by the content. */
  readonly aside: boolean
}

/** Says what was found, and whether it is enough: all four verdicts, but for what the person left out by name. */
export function report({ voice }: Shell, reported: Reported): boolean {
  const { file, content, question, facts, aside } = reported
  const { asked, options, online, stampRefusal } = question
  const valid = facts.valid && asked.identity !== undefined
  const signatures = facts.signatures.map((one) => signatureDocument(one, stampRefusal, voice))
  const document = {
    valid,
    file,
    ...(content === undefined ? {} : { content }),
    detached: facts.detached,
    contentType: facts.contentType,
    length: facts.length,
    at: options.at.toISOString(),
    identity: typeof asked.identity === 'object' ? asked.identity : (asked.identity ?? 'not-asked'),
    revocation: asked.revocation,
    ...(asked.environment === undefined ? {} : { environment: asked.environment }),
    signatures,
    ...onlineFacts(online, voice),
    wants: wantsOf(facts),
  }
  const count = signatures.length
  const lines = (): string[] => [
    ...signatures.flatMap((one, index) => [
      ...(index > 0 ? [''] : []),
      ...(count > 1 ? [voice.plain('signature_number', { number: index + 1, count })] : []),
      ...signatureLines(one, facts.signatures[index]?.chain.missing, asked, voice),
    ]),
    ...(count > 1 ? [''] : []),
    voice.plain(valid ? 'signatures_hold' : signatures.every(isOpen) ? 'signatures_open' : 'signatures_fail', {
      count,
    }),
  ]
  if (content !== undefined) voice.say('signature_content', { file: content })
  if (aside) voice.lines(lines())
  else voice.result(document, lines)
  sayAddresses(document, document.wants, voice)
  for (const hint of hintsOf(question, signatures, voice)) voice.hint(hint)
  return valid
}

/** Whether nothing speaks against it, and only something that was to be asked has no answer. */
const isOpen = ({ integrity, chain, identity, revocation }: SignatureDocument): boolean =>
  [integrity, chain, identity].every((one) => one === 'not-asked' || one.ok) &&
  (revocation === 'not-asked' || revocation.ok || revocation.error?.code === 'revocation_unknown')

/** Addresses that would have helped, each once. */
const wantsOf = ({ signatures }: SignedFileFacts<DeskRecord>): ChainFacts<DeskRecord>['wants'] => {
  const all = signatures.flatMap(({ chain }) => chain.wants)
  return [...new Map(all.map((want) => [want.url, want])).values()]
}

function hintsOf(
  { asked, online }: SignatureQuestion,
  signatures: readonly SignatureDocument[],
  voice: Shell['voice'],
): Set<string> {
  const hints = new Set<string>()
  for (const { integrity, chain, identity, revocation, timeStamp } of signatures) {
    if (timeStamp?.error?.code === 'desk_needed') for (const hint of timeStamp.error.hints) hints.add(hint)
    for (const one of [integrity, chain, identity, revocation]) {
      if (one === 'not-asked' || !one.error) continue
      for (const hint of one.error.hints) hints.add(hint)
      if (one.error.code === 'revocation_unknown') hints.add(askRevocation(online, voice))
    }
  }
  if (asked.identity === undefined) hints.add(voice.text('signature_ask_identity'))
  return hints
}
