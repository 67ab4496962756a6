import { LARGEST_STAMP } from '@scel/files/time-stamps'
import { type SignedFileFacts, type StampFileFacts, signedFileFacts, stampFileFacts } from '@scel/files/verdicts'
import { verifyContent } from '@scel/pki/cms'
import { fail } from '@scel/pki/errors'
import { stampVerifier } from '@scel/pki/tsp'
import { type Certificate, type Crl, parseCertificate, parseCrl } from '@scel/pki/x509'
import type { Trust, Verified, VerifyAsked, VerifyStampAsked } from '../protocol.ts'
import { keepContent } from './inside.ts'
import { openPlace } from './place.ts'
import { bytesOf, type Told } from './source.ts'

/** Judges every signature. Content that was inside is kept only when all verdicts hold. */
export async function verify(asked: VerifyAsked, told: Told, signal: AbortSignal): Promise<Verified> {
  const { email } = asked
  const trust = judgingBy(asked)
  const place = asked.content ? undefined : await openPlace(asked.target)
  try {
    const verified = await verifyContent(
      bytesOf(asked.file, told, signal),
      {
        ...(asked.content ? { content: bytesOf(asked.content, told, signal) } : {}),
        ...trust,
        verifyStamp: stampVerifier(trust),
        ...(email ? { identity: { email } } : {}),
        signal,
      },
      place,
    )
    const facts: SignedFileFacts = await signedFileFacts(verified, trust.anchors)
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
export async function verifyStamp(asked: VerifyStampAsked, told: Told, signal: AbortSignal): Promise<StampFileFacts> {
  const { file, content } = asked
  if (file.size > LARGEST_STAMP) fail('input_too_large', { what: file.name, limit: LARGEST_STAMP })
  const stamp = new Uint8Array(await file.arrayBuffer())
  return stampFileFacts(stamp, bytesOf(content, told, signal), judgingBy(asked))
}

interface Judging {
  readonly anchors: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
  readonly at: Date
  readonly revocation: 'not-asked' | { readonly mode: 'required'; readonly crls: readonly Crl[] }
}

const judgingBy = ({ trust, revocation }: { readonly trust: Trust; readonly revocation: boolean }): Judging => ({
  anchors: trust.anchors.map(parseCertificate),
  intermediates: trust.intermediates.map(parseCertificate),
  at: new Date(),
  revocation: revocation ? { mode: 'required', crls: trust.crls.map(parseCrl) } : 'not-asked',
})
