import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { getCACertificates } from 'node:tls'
import { CliError, stop } from '../ui/cli-error.ts'
import { serviceFailure } from './connection-failure.ts'
import { type Exchanged, exchange } from './exchange.ts'

/** A call to a service whose answers are signed, so that http is as good as https. */
export interface HttpCall {
  readonly url: URL
  /** Posts this; otherwise the call is a GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array }
  /** PEM: roots for an https address, besides those of the system. */
  readonly roots: readonly string[]
  /** Until the connection stands, and of silence; the whole call may take ten times as long. */
  readonly seconds: number
  /** Bytes of the answer that are read at most. */
  readonly largest: number
  readonly signal: AbortSignal
}

/** One call on a connection of its own; a redirect is an answer as any other. @throws no_answer, failures of Node */
export function callHttp({ url, body, roots, seconds, largest, signal }: HttpCall): Promise<Exchanged> {
  const options: RequestOptions = {
    ...(body
      ? { method: 'POST', headers: { 'content-type': body.type, 'content-length': body.bytes.length } }
      : { method: 'GET' }),
    agent: false,
    signal,
  }
  const tls = { ca: [...roots, ...getCACertificates('default')], rejectUnauthorized: true }
  const call = url.protocol === 'https:' ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options)
  const late = (after: number): Error => new CliError('no_answer', { host: url.host, seconds: after })
  return exchange(call, { silence: seconds, whole: 10 * seconds, largest }, late, body?.bytes)
}

/**
 * The answer, whole and good. A redirect is not followed: who is asked is what the certificate says.
 * @throws service_redirects, service_refused, service_answer_long, failures of the connection
 */
export async function answerOf(call: HttpCall): Promise<Uint8Array> {
  const { url, largest } = call
  const { host } = url
  const { status, bytes } = await callHttp(call).catch((error: unknown) => {
    throw serviceFailure(error, url)
  })
  if (status >= 300 && status < 400) stop('service_redirects', { host })
  if (status !== 200) stop('service_refused', { host, status })
  return bytes ?? stop('service_answer_long', { host, limit: largest })
}
