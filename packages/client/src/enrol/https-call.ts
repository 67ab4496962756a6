import { request as httpsRequest } from 'node:https'
import type { SecureContextOptions, TLSSocket } from 'node:tls'
import { stop } from '../ui/cli-error.ts'
import { connectionFailure } from './connection-failure.ts'
import { limitTime } from './time-limits.ts'

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
 * are at most 4 MiB. @throws a failure of the connection (see `connectionFailure`), answer_unreadable, interrupted
 */
export function callHttps(call: HttpsCall): Promise<HttpsAnswer> {
  const url = new URL(call.path, call.origin)
  const seconds = call.timeoutSeconds ?? 30
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      if (call.signal.aborted) reject(rejection(() => stop('interrupted')))
      else reject(connectionFailure(error, url))
    }
    if (call.signal.aborted) return fail(undefined)
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
    limitTime(request, { silence: seconds, whole: 4 * seconds }, (late) =>
      request.destroy(rejection(() => stop('no_answer', { host: url.host, seconds: late }))),
    )
    request.on('socket', (socket) => call.onSocket?.(socket as TLSSocket))
    request.on('error', fail)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        chunks.push(chunk)
        if (length > LARGEST) {
          request.destroy(
            rejection(() => stop('answer_unreadable', { host: url.host, status: response.statusCode ?? 0 })),
          )
        }
      })
      response.on('error', fail)
      response.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        )
        resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) })
      })
    })
    request.end(call.body)
  })
}

/** The error that `thrower` throws, as a value for a callback. */
function rejection(thrower: () => never): Error {
  try {
    return thrower()
  } catch (error) {
    return error as Error
  }
}

const LARGEST = 4 * 1024 * 1024
