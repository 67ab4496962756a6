import { LARGEST_STAMP } from '@scel/files/time-stamps'
import { type StampFacts, stampFileFacts } from '@scel/files/verdicts'
import type { ByteSource } from '@scel/pki/asn1'
import { drawChain } from '../../chain/index.ts'
import { stepDocument, verdictDocument, verdictPair, vouchedDocument, vouchedPairs } from '../../signing/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { pairs } from '../../ui/table.ts'
import { collect } from '../input/collect.ts'
import { contentOf } from '../input/content.ts'
import { askRevocation, onlineFacts, sayAddresses } from '../input/online.ts'
import type { Shell } from '../input/shell.ts'
import type { SignatureQuestion } from './signature-question.ts'

export interface StampFile {
  readonly file: string
  readonly content: string | undefined
  readonly source: ByteSource
  readonly question: SignatureQuestion
}

/**
 * A time stamp over a file: whether it is of this file, of a service that is trusted, and of when.
 * @throws desk_needed where several desks could say so, unless anyone's is taken
 */
export async function verifyStamp(shell: Shell, { file, content, source, question }: StampFile): Promise<ExitCode> {
  const { voice } = shell
  if (content === undefined) return stop('argument_missing', { argument: 'CONTENT' })
  const { stamps, stampRefusal } = question
  if (stampRefusal && question.asked.identity !== 'anyone') throw stampRefusal
  const { source: data } = await contentOf(shell, content)
  const { verdict, stamp, chain } = await stampFileFacts(await collect(source, file, LARGEST_STAMP), data, stamps)
  const said = verdictDocument(verdict, voice)
  const path = (chain?.steps ?? []).map(stepDocument)
  const vouched = chain && said.ok ? vouchedDocument(chain) : {}
  const document = {
    valid: said.ok,
    file,
    content,
    at: stamps.at.toISOString(),
    ...(stamp ? { timeStamp: stampDocument(stamp) } : { error: said.error }),
    chain: path,
    ...vouched,
    revocation: question.asked.revocation,
    ...onlineFacts(question.online, voice),
    wants: chain?.wants ?? [],
  }
  voice.say('signature_content', { file: content })
  voice.result(document, () => [
    ...pairs([
      verdictPair(voice.text('label_time_stamp'), said, voice.text('stamp_imprint')),
      ...vouchedPairs(vouched.vouchedBy, voice),
    ]),
    ...drawChain(path, chain?.missing, said.error?.message, voice),
    stamp ? voice.plain('stamp_holds', { at: voice.instant(stamp.at) }) : voice.plain('stamp_fails'),
  ])
  sayAddresses(document, document.wants, voice)
  for (const hint of said.error?.hints ?? []) voice.hint(hint)
  if (said.error?.code === 'revocation_unknown') voice.hint(askRevocation(question.online, voice))
  return said.ok ? EXIT.done : EXIT.failed
}

/** The same as of a stamp that was just made. */
const stampDocument = ({ at, tsa, serial, policy }: StampFacts): object => ({
  ...{ at, tsa: tsa.subject || tsa.serial, serial, policy },
})
