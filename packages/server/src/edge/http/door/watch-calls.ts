import type { FastifyInstance } from 'fastify'
import { peerAddress } from '../connections/peer-address.ts'
import { pathOnly } from './answer-error.ts'

/**
 * One line of log per call: what, from where, how it ended, how long it took. Never a header, a query, a body or an
 * answer: cookies, tokens, links and people's data have no business in a log.
 */
export function watchCalls(door: FastifyInstance): void {
  door.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      path: pathOnly(request.url).slice(0, 200),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      from: peerAddress(request),
    }
    if (reply.statusCode >= 500) request.log.error(line, 'call failed')
    else request.log.info(line, 'call')
  })
}
