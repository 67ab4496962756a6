import type { ByteSource } from '@scel/pki/asn1'
import { type SignerVerdict, verifyContent } from '@scel/pki/cms'
import { isPkiError, type PkiError } from '@scel/pki/errors'
import { parseTimeStampResponse, type TimeStamp, timeStampToken, verifyTimeStampToken } from '@scel/pki/tsp'
import { drawChain, missingIssuer, stepsOf } from '../../chain/index.ts'
import { objectsIn, onePiece } from '../../objects/index.ts'
import { type VerdictFacts, verdictFacts, verdictPair, vouchedFacts, vouchedPairs } from '../../signing/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { pairs } from '../../ui/table.ts'
import { collect } from '../input/collect.ts'
import { contentOf } from '../input/content.ts'
import { askRevocation, onlineFacts, sayAddresses } from '../input/online.ts'
import type { Session } from '../input/session.ts'
import type { SignatureQuestion } from './signature-question.ts'
import { stampFacts } from './stamp.ts'

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
export async function verifyStamp(session: Session, { file, content, source, question }: StampFile): Promise<ExitCode> {
  const { voice } = session
  if (content === undefined) return stop('argument_missing', { argument: 'CONTENT' })
  const token = await tokenOf(source, file)
  const trust = question.stamps
  if (trust.stampRefusal && question.asked.identity !== 'anyone') throw trust.stampRefusal
  const { source: data } = await contentOf(session, content)
  const found = await judge(() => verifyTimeStampToken(token, { ...trust, data }))
  const signer = await signerOf(token, question)
  const verdict: VerdictFacts = 'stamp' in found ? { ok: true } : verdictFacts({ ok: false, error: found.error }, voice)
  const explained = signer?.chain.explained
  const path = explained ? await stepsOf(explained, trust.anchors) : []
  const vouched = signer && verdict.ok ? vouchedFacts(signer.chain, trust) : {}
  const at = trust.at.toISOString()
  const document = {
    valid: verdict.ok,
    file,
    content,
    at,
    ...('stamp' in found ? { timeStamp: stampFacts(found.stamp) } : { error: verdict.error }),
    chain: path,
    ...vouched,
    revocation: question.asked.revocation,
    ...onlineFacts(question.online, voice),
    wants: (explained?.wants ?? []).map(({ kind, url }) => ({ kind, url })),
  }
  voice.say('signature_content', { file: content })
  voice.result(document, () => [
    ...pairs([
      verdictPair(voice.text('label_time_stamp'), verdict, voice.text('stamp_imprint')),
      ...vouchedPairs(vouched.vouchedBy, voice),
    ]),
    ...drawChain(path, explained && missingIssuer(explained), verdict.error?.message, voice),
    'stamp' in found ? voice.plain('stamp_holds', { at: voice.instant(found.stamp.at) }) : voice.plain('stamp_fails'),
  ])
  sayAddresses(document, document.wants, voice)
  for (const hint of verdict.error?.hints ?? []) voice.hint(hint)
  if (verdict.error?.code === 'revocation_unknown') voice.hint(askRevocation(question.online, voice))
  return verdict.ok ? EXIT.done : EXIT.failed
}

type Judged = { readonly stamp: TimeStamp } | { readonly error: PkiError }

async function judge(work: () => Promise<TimeStamp>): Promise<Judged> {
  try {
    return { stamp: await work() }
  } catch (error) {
    if (isPkiError(error)) return { error }
    throw error
  }
}

/** Who stamped, to draw the chain; the verdict is that of the token as a whole. */
async function signerOf(token: Uint8Array, { stamps }: SignatureQuestion): Promise<SignerVerdict | undefined> {
  try {
    const { signers } = await verifyContent(onePiece(token), { ...stamps, purpose: 'timeStamping' })
    return signers[0]
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

/** A token, or what a service answered with one in it. @throws file_too_large, time_stamp_refused */
async function tokenOf(source: ByteSource, file: string): Promise<Uint8Array> {
  const whole = await collect(source, file, LARGEST)
  const answered = objectsIn(whole)[0]?.kind === 'time-stamp response'
  return answered ? timeStampToken(parseTimeStampResponse(whole)) : whole
}

const LARGEST = 256 * 1024
