import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { DeskError } from '@scel/contract/errors'
import { toProblem } from '../../problems.ts'
import { callerLanguage } from '../../words/language.ts'

export type Routing = (request: IncomingMessage, response: ServerResponse) => void

/** The calls of one listener that have no answer yet. */
export interface Calls {
  /** What the listener calls instead of the door. */
  readonly routing: Routing
  /**
   * From now on every answer is the last one on its connection, and new calls are refused.
   *
   * @param answered after each answer: its connection may be idle now
   */
  end(answered: () => void): void
}

/**
 * Calls of one connection that may wait for their answers at once. Each is begun when the answer before it has left: Node
 * hands over every call that it finds in what arrived, and who writes many and reads nothing would have all the answers kept
 * for them. No browser and no client of ours sends a second call before the first one's answer.
 */
export const AT_ONCE = 4

type Call = readonly [request: IncomingMessage, response: ServerResponse]

/** Of connections: how long one may stand after an answer, and who is told whom it was hung up on. */
export interface Manners {
  /** Milliseconds from the end of an answer until the next call is there. */
  readonly pause: number
  /** It had too many calls without an answer. */
  readonly greedy: (address: string | undefined) => void
  /** No call came. */
  readonly silent: (address: string | undefined) => void
}

/** Keeps count of what is under way, so that a stop waits for that and for nothing that comes after it. */
export function makeCalls(routing: Routing, { pause, greedy, silent }: Manners): Calls {
  const underWay = new Set<ServerResponse>()
  // Node begins to wait anew with every octet, and takes line ends before a call for nothing at all (RFC 9112 §2.2): one of them
  // now and then would hold a connection for ever.
  const pauses = new WeakMap<Socket, NodeJS.Timeout>()
  const waitForNext = (socket: Socket): void => {
    const timer = pauses.get(socket)
    if (timer) return void timer.refresh()
    const late = (): void => {
      if (lines.has(socket) || socket.destroyed) return
      silent(socket.remoteAddress)
      socket.destroy()
    }
    const fresh = setTimeout(late, pause)
    fresh.unref()
    pauses.set(socket, fresh)
    socket.once('close', () => clearTimeout(fresh))
  }
  /** What waits behind the call that a connection has under way. */
  const lines = new WeakMap<Socket, Call[]>()
  let answered: (() => void) | undefined

  const begin = (request: IncomingMessage, response: ServerResponse, line: Call[]): void => {
    const { socket } = request
    lines.set(socket, line)
    underWay.add(response)
    // We speak nothing else; Node takes what comes after such a call for that other protocol, and reads it for nobody.
    if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false
    response.once('close', () => {
      underWay.delete(response)
      const next = socket.destroyed ? undefined : line.shift()
      if (!next) {
        lines.delete(socket)
        if (!socket.destroyed) waitForNext(socket)
      } else if (answered) refuseLate(...next)
      else begin(...next, line)
      // Node marks the connection as idle only after this.
      if (answered) setImmediate(answered)
    })
    routing(request, response)
  }

  return {
    routing(request, response) {
      const { socket } = request
      if (socket.destroyed) return // hung up on a moment ago: what else it wrote is not begun
      if (answered) return refuseLate(request, response)
      const line = lines.get(socket)
      if (!line) return begin(request, response, [])
      if (line.push([request, response]) < AT_ONCE) return
      greedy(socket.remoteAddress)
      socket.destroy()
    },
    end(then) {
      answered = then
      for (const response of underWay) hangUpAfter(response)
    },
  }
}

/** Whoever keeps a connection open for the next call learns with this answer that there is none. */
function hangUpAfter(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false
}

function refuseLate(request: IncomingMessage, response: ServerResponse): void {
  const language = callerLanguage(request.headers['accept-language'])
  const problem = toProblem(new DeskError('desk_stopping', {}), language)
  response.shouldKeepAlive = false
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    'cache-control': 'no-store',
    'retry-after': '5',
  })
  response.end(JSON.stringify(problem))
}
