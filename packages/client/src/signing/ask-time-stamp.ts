import { randomBytes } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import {
  buildTimeStampRequest,
  type MessageImprint,
  parseTimeStampResponse,
  type TimeStamp,
  type TimeStampTrust,
  timeStampToken,
  verifyTimeStampToken,
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
 * Asks a time-stamp service (RFC 3161 §3.4) and hands out the token only when it answers this question: imprint, nonce,
 * signature, and a certificate that leads to an anchor and is for nothing else.
 * @throws the errors of `verifyTimeStampToken`; time_stamp_refused, tsa_unreadable, service_not_trusted and failures of the
 *   connection; interrupted
 */
export async function askTimeStamp(question: StampQuestion): Promise<{ token: Uint8Array; stamp: TimeStamp }> {
  const { url, imprint, trust, roots, signal } = question
  // The highest bit is never set, so that services which read it as a signed number do not trip over it.
  const nonce = BigInt(`0x${Buffer.from(randomBytes(8)).toString('hex')}`) >> 1n
  const bytes = buildTimeStampRequest({ imprint, nonce, wantsCertificate: true })
  const body = { type: 'application/timestamp-query', bytes }
  const call = callHttp({ url, body, roots, seconds: SILENCE, largest: LARGEST, signal })
  const answer = await call.catch((error: unknown) => {
    if (signal.aborted) stop('interrupted')
    throw serviceFailure(error, url)
  })
  const { status, bytes: reply } = answer
  if (status !== 200 || !reply) return stop('tsa_unreadable', { host: url.host, status })
  const token = timeStampToken(read(reply, url))
  return { token, stamp: await verifyTimeStampToken(token, { ...trust, imprint, nonce }) }
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

const SILENCE = 30
const LARGEST = 256 * 1024
