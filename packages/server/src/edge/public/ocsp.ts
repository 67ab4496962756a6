import type { FastifyReply } from 'fastify'
import type { PublicCore } from '../../core/public-core.ts'
import type { World } from '../../core/world.ts'
import type { Door } from '../http/door/door.ts'
import { addOctetsRoute } from '../http/routes/octets-route.ts'

/** A request names few certificates; RFC 5019 clients ask for one. */
const REQUEST_LIMIT = 8_192

/** OCSP over HTTP (RFC 6960 appendix A): POST with the request as body, GET with it in the address. */
export function addOcsp(door: Door, { ocsp }: Pick<PublicCore, 'ocsp'>, world: Pick<World, 'now'>): void {
  const answer = async (reply: FastifyReply, request: Uint8Array, cacheable: boolean): Promise<FastifyReply> => {
    const { response, cache } = await ocsp.answer(request)
    reply.header('cache-control', 'no-store').type('application/ocsp-response')
    if (cacheable && cache) {
      // RFC 5019 §6.2: max-age ends with the answer; a relay asks again after a minute, so that a revocation is seen.
      const left = Math.floor((cache.nextUpdate.getTime() - world.now().getTime()) / 1_000)
      reply
        .header('cache-control', `public, max-age=${Math.max(0, Math.min(left, 60))}, no-transform, must-revalidate`)
        .header('last-modified', cache.thisUpdate.toUTCString())
        .header('expires', cache.nextUpdate.toUTCString())
    }
    return reply.send(Buffer.from(response))
  }

  addOctetsRoute(door, {
    path: '/ocsp',
    type: 'application/ocsp-request',
    limit: REQUEST_LIMIT,
    answer: (body, reply) => answer(reply, body, false),
  })
  // Base64 has slashes, and clients escape them or not: everything after `/ocsp/` is the request.
  door.get<{ Params: { '*': string } }>('/ocsp/*', async ({ params }, reply) =>
    answer(reply, Buffer.from(params['*'].slice(0, REQUEST_LIMIT * 2), 'base64'), true),
  )
}
