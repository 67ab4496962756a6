import type { FastifyReply, FastifyRequest } from 'fastify'
import type { KnownCallers } from '../http/limits/known-callers.ts'

// RFC 6265bis §4.1.3.2: a `__Host-` cookie is Secure, for the whole host and set by the host itself, so a neighbouring
// name cannot plant one. It is a session cookie of the browser: the desk's own clock ends it.
const NAME = '__Host-scel-session'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/**
 * The token of the session cookie; undefined when there is none, or none that we could have written.
 *
 * Read by hand: of two cookies with one name nobody knows which is ours, so then there is none.
 */
export function sessionToken({ headers: { cookie } }: Pick<FastifyRequest, 'headers'>): string | undefined {
  if (!cookie) return undefined
  const ours = cookie.split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return pair.slice(0, at).trim() === NAME ? [pair.slice(at + 1).trim()] : []
  })
  const [token] = ours
  return ours.length === 1 && token !== undefined && TOKEN.test(token) ? token : undefined
}

export function setSessionCookie(reply: FastifyReply, token: string): void {
  reply.server.known?.know(token)
  reply.header('set-cookie', `${NAME}=${token}; ${ATTRIBUTES}`)
}

export const clearSessionCookie = (reply: FastifyReply): void =>
  void reply.header('set-cookie', `${NAME}=; ${ATTRIBUTES}; Max-Age=0`)

declare module 'fastify' {
  interface FastifyInstance {
    /** Where people sign in. */
    known?: KnownCallers
  }
}
