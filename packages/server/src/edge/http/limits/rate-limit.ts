import limit, { type FastifyRateLimitStore } from '@fastify/rate-limit'
import { DeskError } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../../core/network.ts'
import { createWindows } from '../../../core/windows.ts'
import type { World } from '../../../core/world.ts'
import { sessionToken } from '../../sign-in/session-cookie.ts'
import { peerAddress } from '../connections/peer-address.ts'
import type { Door } from '../door/door.ts'
import type { KnownCallers } from './known-callers.ts'

/**
 * Lets one network address make so many calls a minute. An IPv6 customer has a /64 at least, so that is what counts as
 * one address. People who are signed in are counted by themselves, so that no neighbour of theirs locks them out.
 */
export async function limitCalls(
  door: Door,
  perMinute: number,
  world: Pick<World, 'elapsed'>,
  known?: Pick<KnownCallers, 'of'>,
): Promise<void> {
  const windows = createWindows(world, WINDOW, MOST)
  await door.register(limit, {
    global: true,
    max: perMinute,
    timeWindow: WINDOW,
    // The library's own store counts by the clock, which may be wrong for a while.
    store: class Calls implements FastifyRateLimitStore {
      incr(network: string, tell: (error: null, result: { current: number; ttl: number }) => void): void {
        const { count, left } = windows.count(network)
        tell(null, { current: count, ttl: left })
      }
      child(): Calls {
        return this // no route has a limit of its own here
      }
    },
    keyGenerator: (request: FastifyRequest) => {
      const network = networkOf(peerAddress(request))
      const token = known && sessionToken(request)
      return (token && known.of(token, network)) ?? network
    },
    addHeaders: { 'retry-after': false },
    addHeadersOnExceeding: NO_HEADERS,
    errorResponseBuilder: (_request, { ttl }) =>
      new DeskError('too_many_requests', { seconds: Math.max(1, Math.ceil(ttl / 1_000)) }),
  })
}

const WINDOW = 60_000
/** Networks remembered. */
const MOST = 20_000
const NO_HEADERS = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
