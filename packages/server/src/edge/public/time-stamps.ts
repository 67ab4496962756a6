import type { Environment } from '@scel/contract/values'
import type { PublicCore } from '../../core/public-core.ts'
import type { Door } from '../http/door/door.ts'
import { addOctetsRoute } from '../http/routes/octets-route.ts'

/** A digest, a nonce, a policy; no extension is understood that could be longer. */
const REQUEST_LIMIT = 8_192
const QUERY = 'application/timestamp-query'
const REPLY = 'application/timestamp-reply'

/** Where each environment's stamps are asked for. */
export const TIME_STAMP_PATHS: Readonly<Record<Environment, string>> = { production: '/tsp', test: '/tsp/test' }

/**
 * Time stamps over HTTP (RFC 3161 §3.4). Nobody signs in for one: a stamp says when, never who. A rejection is an answer
 * too, so its status is 200.
 */
export function addTimeStamps(door: Door, { timeStamps }: Pick<PublicCore, 'timeStamps'>): void {
  for (const [environment, path] of Object.entries(TIME_STAMP_PATHS) as [Environment, string][]) {
    addOctetsRoute(door, {
      path,
      type: QUERY,
      limit: REQUEST_LIMIT,
      answer: async (body, reply) => {
        const response = await timeStamps.answer(environment, body)
        return reply.header('cache-control', 'no-store').type(REPLY).send(Buffer.from(response))
      },
    })
  }
}
