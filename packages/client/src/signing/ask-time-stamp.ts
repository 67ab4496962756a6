import { LARGEST_STAMP, STAMP_QUERY_TYPE, STAMP_SILENCE } from '@scel/files/time-stamps'
import { isPkiError } from '@scel/pki/errors'
import {
  answerTo,
  type MessageImprint,
  newQuestion,
  parseTimeStampResponse,
  type TimeStamp,
  type TimeStampTrust,
} from '@scel/pki/tsp'
import { serviceFailure } from '../enrol/connection-failure.ts'
import { callHttp } from '../enrol/http-call.ts'
import { CliError, stop } from '../ui/cli-error.ts'

interface StampQuestion {
  readonly url: URL
  readonly imprint: MessageImprint
  /** Whose stamps are taken, and the moment. */
  readonly trust: TimeStampTrust
  /** PEM: roots for an https address, besides those of the system. */
  readonly roots: readonly string[]
  readonly signal: AbortSignal
}

/**
 * Asks a time-stamp service (RFC 3161 §3.4) and hands out the token only when it answers this question.
 * @throws the errors of `answerTo`; tsa_unreadable, service_not_trusted and failures of the
 *   connection; interrupted
 */
export async function askTimeStamp(question: StampQuestion): Promise<{ token: Uint8Array; stamp: TimeStamp }> {
  const { url, imprint, trust, roots, signal } = question
  const asked = newQuestion(imprint)
  const body = { type: STAMP_QUERY_TYPE, bytes: asked.request }
  const call = callHttp({ url, body, roots, seconds: STAMP_SILENCE / 1000, largest: LARGEST_STAMP, signal })
  const answer = await call.catch((error: unknown) => {
    if (signal.aborted) stop('interrupted')
    throw serviceFailure(error, url)
  })
  const { status, bytes: reply } = answer
  if (status !== 200 || !reply) return stop('tsa_unreadable', { host: url.host, status })
  return answerTo(asked, read(reply, url), trust)
}

/** A page of a proxy is no answer. */
function read(bytes: Uint8Array, url: URL): ReturnType<typeof parseTimeStampResponse> {
  try {
    return parseTimeStampResponse(bytes)
  } catch (error) {
    if (!isPkiError(error)) throw error
    throw new CliError('tsa_unreadable', { host: url.host, status: 200 }, error)
  }
}
