import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { DeskError } from '@scel/contract/errors'
import { toProblem } from '../problems.ts'
import { callerLanguage } from '../words/language.ts'

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
 * Calls of one connection that may wait for their answers at once, or for somebody to read them. Node begins every call that
 * it finds in what arrived, before it waits for anything: who writes hundreds and reads nothing would have all the answers
 * kept for them. No browser and no client of ours sends a second call before the first one's answer.
 */
export const AT_ONCE = 4

/**
 * Keeps count of what is under way, so that a stop waits for that and for nothing that comes after it.
 *
 * @param excess told of a connection that was hung up on because it had too many calls without an answer
 */
export function makeCalls(routing: Routing, excess: (address: string | undefined) => void = () => {}): Calls {
  const underWay = new Set<ServerResponse>()
  const perSocket = new WeakMap<Socket, number>()
  let answered: (() => void) | undefined
  return {
    routing(request, response) {
      const { socket } = request
      if (socket.destroyed) return // hung up on a moment ago: what else it wrote is not begun
      if (answered) return refuseLate(request, response)
      const waiting = (perSocket.get(socket) ?? 0) + 1
      if (waiting > AT_ONCE) {
        excess(socket.remoteAddress)
        return void socket.destroy()
      }
      perSocket.set(socket, waiting)
      underWay.add(response)
      response.once('close', () => {
        underWay.delete(response)
        perSocket.set(socket, (perSocket.get(socket) ?? 1) - 1)
        // Node marks the connection as idle only after this.
        if (answered) setImmediate(answered)
      })
      routing(request, response)
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
