import limit from '@fastify/rate-limit'
import { DeskError } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../core/network.ts'
import type { Door } from './door.ts'
import { peerAddress } from './peer-address.ts'

/**
 * Lets one network address make so many calls a minute. An IPv6 customer has a /64 at least, so that is what counts as
 * one address.
 */
export async function limitCalls(door: Door, perMinute: number): Promise<void> {
  await door.register(limit, {
    global: true,
    max: perMinute,
    timeWindow: 60_000,
    cache: 20_000, // addresses remembered; the least recent is forgotten first
    keyGenerator: (request: FastifyRequest) => networkOf(peerAddress(request)),
    addHeaders: { 'retry-after': false },
    addHeadersOnExceeding: NO_HEADERS,
    errorResponseBuilder: (_request, { ttl }) =>
      new DeskError('too_many_requests', { seconds: Math.max(1, Math.ceil(ttl / 1_000)) }),
  })
}

const NO_HEADERS = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
