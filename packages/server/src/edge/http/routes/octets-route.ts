import { refuse } from '@scel/contract/errors'
import type { FastifyReply } from 'fastify'
import type { Door } from '../door/door.ts'
import { readBody } from '../input/read-body.ts'

/** A call of a protocol that is not ours: octets of one media type are posted, octets are answered. */
export interface OctetsRoute {
  readonly path: string
  /** Media type of what is posted; nothing else is taken, JSON neither. */
  readonly type: string
  /** Octets. */
  readonly limit: number
  readonly answer: (body: Uint8Array, reply: FastifyReply) => Promise<FastifyReply>
}

/** Puts it behind a door, in a scope of its own: what it reads, no other route reads. */
export function addOctetsRoute(door: Door, { path, type, limit, answer }: OctetsRoute): void {
  door.register(async (inside) => {
    inside.removeAllContentTypeParsers()
    inside.addContentTypeParser(type, readBody)
    inside.post(path, { bodyLimit: limit, config: { bodyType: type } }, async ({ body }, reply) => {
      if (!Buffer.isBuffer(body)) return refuse('media_type_unsupported', { expected: type }) // nothing at all was posted
      return answer(body, reply)
    })
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media type of the body that a route reads, where it is not JSON. */
    bodyType?: string
  }
}
