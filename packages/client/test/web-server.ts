// A web server on this machine that holds what a test puts there, and tells what it was asked for.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

type Answer = Uint8Array | ((request: IncomingMessage, response: ServerResponse) => unknown)

export interface WebServer {
  readonly origin: string
  /** Paths, in the order in which they were asked for. */
  readonly asked: string[]
  /** Puts something under a path, and returns its address; what is not there is 404. */
  put(path: string, answer: Answer): string
}

export async function webServer(t: TestContext): Promise<WebServer> {
  const held = new Map<string, Answer>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = held.get(path)
    if (typeof answer === 'function') answer(request, response)
    else response.writeHead(answer ? 200 : 404).end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    asked,
    put(path, answer) {
      held.set(path, answer)
      return `${origin}${path}`
    },
  }
}
