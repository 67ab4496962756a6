import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OutputOf, Route } from '@scel/contract/routes'
import * as routes from '@scel/contract/routes'
import type { LiveEvent, Problem } from '@scel/contract/values'

// A desk that only answers what it was told to, for pictures and for behaviour that a real one shows too rarely. It sends
// the real one's content security policy, so that a page which needs more than it allows fails here.

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; " +
  "worker-src 'self'; " +
  "form-action 'self' https://localhost:8444; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

export interface Asked {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly french: boolean
}

export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Partial<Problem> & Pick<Problem, 'code' | 'status' | 'detail' | 'hint'>) {
    super(problem.code)
    this.problem = { type: `https://scel.example/errors#${problem.code}`, title: problem.code, facts: {}, ...problem }
  }
}

const ROUTES: ReadonlyMap<string, unknown> = new Map(Object.entries(routes))

type Handler = (asked: Asked) => unknown
/** What a route answers: its JSON, or the octets of a file where it has no output. */
type AnswerOf<R extends Route> = [OutputOf<R>] extends [undefined] ? Uint8Array : OutputOf<R>
type RouteName = { [K in keyof typeof routes]: (typeof routes)[K] extends Route ? K : never }[keyof typeof routes]

/** An answer that is no JSON. */
export interface Octets {
  readonly status: number
  readonly type: string
  readonly bytes: Uint8Array
}

export interface MockDesk {
  readonly origin: string
  /** What a route answers from now on. Throw `Refused` for a problem. */
  answer<Name extends RouteName>(
    name: Name,
    handler: (asked: Asked) => AnswerOf<(typeof routes)[Name]> | Promise<AnswerOf<(typeof routes)[Name]>>,
  ): void
  /** What octets that are posted to a path outside of the contract are answered with. */
  take(path: string, handler: (body: Buffer) => Octets | Promise<Octets>): void
  /** Sends an event to every open stream. */
  tell(event: LiveEvent): void
  stop(): Promise<void>
}

export async function startMockDesk(): Promise<MockDesk> {
  const handlers = new Map<string, { route: Route; handler: Handler }>()
  const takers = new Map<string, (body: Buffer) => Octets | Promise<Octets>>()
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    void respond(request, response).catch((error: unknown) => {
      // An answer that could not be made: the page shows a desk that cannot be reached, the test run says why.
      console.error(error)
      response.destroy()
    })
  })

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === routes.liveEvents.path) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(': open\n\n')
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return
    }
    const taker = request.method === 'POST' ? takers.get(url.pathname) : undefined
    if (taker) {
      const { status, type, bytes } = await taker(await octetsOf(request))
      response.writeHead(status, { 'content-type': type }).end(bytes)
      return
    }
    if (url.pathname.startsWith('/api/')) return api(request, url, response)
    return file(url.pathname, response)
  }

  async function api(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const french = /^fr/.test(request.headers['accept-language'] ?? '')
    for (const { route, handler } of handlers.values()) {
      const params = route.method === request.method ? paramsIn(route.path, url.pathname) : undefined
      if (!params) continue
      try {
        const body = await bodyOf(request)
        return json(response, 200, await handler({ params, query: url.searchParams, body, french }))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return json(response, error.problem.status, error.problem, 'application/problem+json')
      }
    }
    json(response, 404, new Refused({ code: 'not_found', status: 404, detail: `No ${url.pathname}`, hint: '' }).problem)
  }

  await new Promise<void>((ready) => server.listen(0, 'localhost', ready))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    answer: (name, handler) =>
      void handlers.set(name, { route: ROUTES.get(name) as Route, handler: handler as Handler }),
    take: (path, handler) => void takers.set(path, handler),
    tell: (event) => {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
    },
    stop: async () => {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const asked = normalize(path).replace(/^(\.\.[/\\])+/, '')
  const name = extname(asked) ? asked : '/index.html'
  try {
    const content = await readFile(join(DIST, name))
    response.writeHead(200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
    })
    response.end(content)
  } catch {
    response.writeHead(404).end()
  }
}

function paramsIn(pattern: string, path: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const values = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path)?.slice(1)
  return values && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at]!)]))
}

async function octetsOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const body = await octetsOf(request)
  return body.length ? JSON.parse(String(body)) : undefined
}

function json(response: ServerResponse, status: number, value: unknown, type = 'application/json'): void {
  const file = value instanceof Uint8Array
  response.writeHead(status, { 'content-type': file ? 'application/octet-stream' : type })
  response.end(file ? value : JSON.stringify(value))
}
