import { LARGEST_STAMP } from '@scel/files/time-stamps'
import {
  decideTrust,
  type Following,
  judgingSignatures,
  judgingStamps,
  rootsOf,
  type TrustDecision,
} from '@scel/files/trust'
import { type StampFileFacts, signedFileFacts, stampFileFacts } from '@scel/files/verdicts'
import { verifyContent } from '@scel/pki/cms'
import { fail } from '@scel/pki/errors'
import { parseCertificate, parseCrl } from '@scel/pki/x509'
import type { JudgeBy, Verified, VerifyAsked, VerifyStampAsked, Voucher } from '../protocol.ts'
import { keepContent } from './inside.ts'
import { openPlace } from './place.ts'
import { bytesOf, type OnProgress } from './source.ts'

/** Judges every signature. Content that was inside is kept only when all verdicts hold. */
export async function verify(asked: VerifyAsked, onProgress: OnProgress, signal: AbortSignal): Promise<Verified> {
  const identity = asked.email ? { email: asked.email } : undefined
  const decision = await decide(asked, identity)
  const place = asked.content ? undefined : await openPlace(asked.target)
  try {
    const verified = await verifyContent(
      bytesOf(asked.file, onProgress, signal),
      {
        ...(asked.content ? { content: bytesOf(asked.content, onProgress, signal) } : {}),
        ...judgingSignatures(decision, following(asked)),
        ...(identity ? { identity } : {}),
        signal,
      },
      place,
    )
    const facts = await signedFileFacts(verified, decision.signers)
    if (!place || !verified.valid) {
      await place?.discard()
      return { facts }
    }
    return { facts, kept: await keepContent(place) }
  } catch (error) {
    await place?.discard()
    throw error
  }
}

/** Judges a time stamp by itself. @throws input_too_large for what is none; time_stamp_refused */
export async function verifyStamp(
  asked: VerifyStampAsked,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<StampFileFacts<Voucher>> {
  const { file, content } = asked
  if (file.size > LARGEST_STAMP) fail('input_too_large', { what: file.name, limit: LARGEST_STAMP })
  const stamp = new Uint8Array(await file.arrayBuffer())
  return stampFileFacts(
    stamp,
    bytesOf(content, onProgress, signal),
    judgingStamps(await decide(asked), following(asked)),
  )
}

/** There is one desk, so that everything has an answer. */
const decide = ({ trust, brought }: JudgeBy, identity?: { readonly email: string }): Promise<TrustDecision<Voucher>> =>
  decideTrust({
    roots: rootsOf<Voucher>([
      ...trust.anchors.map((der) => ({ anchor: parseCertificate(der), desk: 'this desk' as const })),
      ...brought.map((der) => ({ anchor: parseCertificate(der) })),
    ]),
    identity,
  })

const following = ({ trust, revocation }: JudgeBy): Following => ({
  intermediates: trust.intermediates.map(parseCertificate),
  at: new Date(),
  revocation: revocation ? { mode: 'required', crls: trust.crls.map(parseCrl) } : 'not-asked',
})
