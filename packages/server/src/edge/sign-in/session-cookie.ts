import type { FastifyReply } from 'fastify'
import type { KnownCallers } from '../http/limits/known-callers.ts'
import { type HostCookie, hostCookie } from './host-cookie.ts'

const cookie = hostCookie('__Host-scel-session', 'Strict')

/** The token of the session cookie; undefined when there is none, or none that we could have written. */
export const sessionToken: HostCookie['read'] = cookie.read

export function setSessionCookie(reply: FastifyReply, token: string): void {
  reply.server.known?.know(token)
  cookie.set(reply, token)
}

export const clearSessionCookie: HostCookie['clear'] = cookie.clear

declare module 'fastify' {
  interface FastifyInstance {
    /** Where people sign in. */
    known?: KnownCallers
  }
}
