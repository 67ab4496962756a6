import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { getCACertificates } from 'node:tls'
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
import { connectionFailure } from '../enrol/connection-failure.ts'
import { CliError, isCliError, stop } from '../ui/cli-error.ts'

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
 * @throws the errors of `verifyTimeStampToken`; time_stamp_refused, tsa_unreadable, tsa_not_trusted and failures of the
 *   connection; interrupted
 */
export async function askTimeStamp(question: StampQuestion): Promise<{ token: Uint8Array; stamp: TimeStamp }> {
  const { url, imprint, trust, signal } = question
  // The highest bit is never set, so that services which read it as a signed number do not trip over it.
  const nonce = BigInt(`0x${Buffer.from(randomBytes(8)).toString('hex')}`) >> 1n
  const body = buildTimeStampRequest({ imprint, nonce, wantsCertificate: true })
  const answer = await post(question, body).catch((error: unknown) => {
    if (signal.aborted) stop('interrupted')
    const failure = connectionFailure(error, url)
    // Those of TLS speak of the desk, and this is another server.
    if (isCliError(failure) && failure.code.startsWith('desk_')) {
      throw new CliError('tsa_not_trusted', { host: url.host }, error)
    }
    throw failure
  })
  const { status, bytes } = answer
  if (status !== 200) stop('tsa_unreadable', { host: url.host, status })
  const token = timeStampToken(read(bytes, url))
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

interface Answer {
  readonly status: number
  readonly bytes: Uint8Array
}

function post({ url, roots, signal }: StampQuestion, body: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', 'content-length': body.length },
      agent: false,
      signal,
      timeout: SILENCE * 1_000,
    }
    const tls = { ca: [...roots, ...getCACertificates('default')], rejectUnauthorized: true }
    const call = url.protocol === 'https:' ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options)
    call.on('timeout', () => call.destroy(new CliError('no_answer', { host: url.host, seconds: SILENCE })))
    call.on('error', reject)
    call.on('response', (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        chunks.push(chunk)
        if (length > LARGEST) {
          call.destroy(new CliError('tsa_unreadable', { host: url.host, status: response.statusCode ?? 0 }))
        }
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(chunks) }))
    })
    call.end(body)
  })
}

const SILENCE = 30
const LARGEST = 256 * 1024
