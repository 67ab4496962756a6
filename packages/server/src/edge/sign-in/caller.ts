import type { FastifyRequest } from 'fastify'
import { peerAddress } from '../http/connections/peer-address.ts'

/** From where somebody signs in, for the list of sessions. */
export interface Caller {
  readonly from: string
  /** What the program calls itself; one line, cut. */
  readonly agent: string
}

export const callerOf = (request: Pick<FastifyRequest, 'ip' | 'headers'>): Caller => ({
  from: peerAddress(request),
  agent: (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200),
})
