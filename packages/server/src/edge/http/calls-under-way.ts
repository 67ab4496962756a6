import type { IncomingMessage, ServerResponse } from 'node:http'
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

/** Keeps count of what is under way, so that a stop waits for that and for nothing that comes after it. */
export function makeCalls(routing: Routing): Calls {
  const underWay = new Set<ServerResponse>()
  let answered: (() => void) | undefined
  return {
    routing(request, response) {
      if (answered) return refuseLate(request, response)
      underWay.add(response)
      response.once('close', () => {
        underWay.delete(response)
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
