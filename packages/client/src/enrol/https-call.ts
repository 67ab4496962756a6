import { request as httpsRequest } from 'node:https'
import type { SecureContextOptions, TLSSocket } from 'node:tls'
import { CliError, stop } from '../ui/cli-error.ts'
import { connectionFailure } from './connection-failure.ts'
import { exchange } from './exchange.ts'

export interface HttpsCall {
  /** Origin of the service, `https://host:port`. */
  readonly origin: string
  readonly method: string
  /** Path with its query, as sent. */
  readonly path: string
  /**
   * PEM: the only anchors that the server's certificate may come from, roots or not. `unproven`: whatever it comes from, because what is
   * answered proves itself, and nothing is sent that is for one desk alone.
   */
  readonly roots: readonly string[] | 'unproven'
  readonly body?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** Client certificate and its key, or who signs with that where it is, for the mutual-TLS door. */
  readonly identity?: Pick<SecureContextOptions, 'cert' | 'key' | 'privateKeyEngine' | 'privateKeyIdentifier'>
  readonly signal: AbortSignal
  /** Until the connection stands, and of silence; the whole call may take four times as long. @default 30 */
  readonly timeoutSeconds?: number
  /** Sees the connection while it is being made, for `scel test`. */
  readonly onSocket?: (socket: TLSSocket) => void
}

export interface HttpsAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * One HTTPS call. The server's certificate is verified as `roots` says, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and answers
 * are at most 4 MiB. @throws a failure of the connection (see `connectionFailure`), no_answer, answer_unreadable, interrupted
 */
export async function callHttps(call: HttpsCall): Promise<HttpsAnswer> {
  if (call.signal.aborted) stop('interrupted')
  const url = new URL(call.path, call.origin)
  const { host } = url
  const silence = call.timeoutSeconds ?? 30
  try {
    const request = httpsRequest(url, {
      method: call.method,
      ...(call.roots === 'unproven'
        ? { rejectUnauthorized: false }
        : // a desk with a bought certificate names its intermediate as the anchor
          { ca: [...call.roots], allowPartialTrustChain: true, rejectUnauthorized: true }),
      minVersion: 'TLSv1.2',
      agent: false, // one call, one connection: a test of a revoked certificate must not ride on an older handshake
      signal: call.signal,
      headers: { ...call.headers, ...(call.body ? { 'content-length': call.body.length } : {}) },
      ...call.identity,
    })
    request.on('socket', (socket) => call.onSocket?.(socket as TLSSocket))
    const late = (seconds: number): Error => new CliError('no_answer', { host, seconds })
    const limits = { silence, whole: 4 * silence, largest: LARGEST }
    const { status, headers, bytes } = await exchange(request, limits, late, call.body)
    if (!bytes) return stop('answer_unreadable', { host, status })
    const texts = Object.entries(headers).map(([name, value]) => [name, String(value)])
    return { status, headers: Object.fromEntries(texts), body: bytes }
  } catch (error) {
    if (call.signal.aborted) stop('interrupted')
    throw connectionFailure(error, url)
  }
}

const LARGEST = 4 * 1024 * 1024
