import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'

/** One call over real HTTP or HTTPS. */
export interface CallInput {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: unknown
  /** PEM of the root to trust. */
  readonly ca?: string
  /** PEM of a client certificate (chain) and its key. */
  readonly cert?: string
  readonly key?: string
  readonly agent?: http.Agent
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
  /** The body as JSON. @throws SyntaxError when it is none */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any
}

/** Calls an address and reads the whole answer; follows no redirect. */
export async function call(address: string, input: CallInput = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, ca, cert, key, agent } = input
  const sent = body === undefined ? undefined : isRaw(body) ? body : JSON.stringify(body)
  const type = body !== undefined && !isRaw(body) ? { 'content-type': 'application/json' } : {}
  const request = (address.startsWith('https:') ? https : http).request(address, {
    method,
    headers: { ...type, ...(sent !== undefined && { 'content-length': Buffer.byteLength(sent) }), ...headers },
    ...{ ca, cert, key, agent },
  })
  request.end(sent)
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const bytes = Buffer.concat(await response.toArray())
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    text: bytes.toString('utf8'),
    get json() {
      return JSON.parse(bytes.toString('utf8'))
    },
  }
}

const isRaw = (body: unknown): body is string | Uint8Array => typeof body === 'string' || body instanceof Uint8Array
