// The one call that the worker makes: the digest of a signature goes to the desk's time-stamp service, and its time stamp
// comes back (RFC 3161 §3.4). Nothing of the content, of the key or of who signs goes with it.

import { LARGEST_STAMP, STAMP_QUERY_TYPE, STAMP_SILENCE } from '@scel/files/time-stamps'
import { hasCode, isPkiError } from '@scel/pki/errors'
import { answerTo, type MessageImprint, newQuestion, parseTimeStampResponse } from '@scel/pki/tsp'
import { parseCertificate } from '@scel/pki/x509'
import { FilesFailure } from '../failure.ts'
import type { StampAsked } from '../protocol.ts'

/**
 * A TimeStampToken of the service, only when it answers this question and leads to one of the roots.
 * @throws FilesFailure no-stamp, stamp-wrong; time_stamp_refused with the reason of the service
 */
export async function askTimeStamp(
  { path, roots }: StampAsked,
  imprint: MessageImprint,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const question = newQuestion(imprint)
  const response = read(await post(path, question.request, signal))
  try {
    const trust = { anchors: roots.map(parseCertificate), at: new Date(), revocation: 'not-asked' } as const
    return (await answerTo(question, response, trust)).token
  } catch (error) {
    if (!isPkiError(error) || hasCode(error, 'time_stamp_refused')) throw error
    throw new FilesFailure('stamp-wrong', {}, error)
  }
}

async function post(path: string, body: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': STAMP_QUERY_TYPE },
      body: body as Uint8Array<ArrayBuffer>,
      credentials: 'omit', // nobody signs in for a time stamp
      signal: AbortSignal.any([signal, AbortSignal.timeout(STAMP_SILENCE)]),
    })
    const bytes = answer.ok ? await limited(answer) : undefined
    if (bytes) return bytes
  } catch (cause) {
    signal.throwIfAborted()
    throw new FilesFailure('no-stamp', {}, cause)
  }
  throw new FilesFailure('no-stamp')
}

/** What was answered, unless it is longer than answers are. */
async function limited({ body }: Response): Promise<Uint8Array | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  const reader = body?.getReader()
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true }
    if (done || !value) break
    length += value.length
    if (length > LARGEST_STAMP) {
      await reader?.cancel()
      return undefined
    }
    parts.push(value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** A page of a proxy is no answer. */
function read(bytes: Uint8Array): ReturnType<typeof parseTimeStampResponse> {
  try {
    return parseTimeStampResponse(bytes)
  } catch (cause) {
    throw new FilesFailure('no-stamp', {}, cause)
  }
}
