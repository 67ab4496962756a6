import type { FastifyReply, FastifyRequest } from 'fastify'

/** A cookie that holds 32 random bytes of ours, and nothing else. */
export interface HostCookie {
  /**
   * What it holds; undefined when there is none, or none that we could have written.
   *
   * Read by hand: of two cookies with one name nobody knows which is ours, so then there is none.
   */
  read(request: Pick<FastifyRequest, 'headers'>): string | undefined
  set(reply: FastifyReply, token: string): void
  /** Takes it back. */
  clear(reply: FastifyReply): void
}

/**
 * RFC 6265bis §4.1.3.2: a `__Host-` cookie is Secure, for the whole host and set by the host itself, so a neighbouring
 * name cannot plant one. No script reads it. It is a session cookie of the browser: the desk's own clock ends it.
 *
 * @param sameSite `Strict`: it comes with calls of our own pages alone. `Lax`: also when a browser is sent here from
 *   elsewhere with a GET, which is what an attempt to sign in elsewhere needs on the way back
 */
export function hostCookie(name: `__Host-${string}`, sameSite: 'Strict' | 'Lax'): HostCookie {
  const attributes = `Path=/; Secure; HttpOnly; SameSite=${sameSite}`
  return {
    read: ({ headers: { cookie } }) => {
      if (!cookie) return undefined
      const ours = cookie.split(';').flatMap((pair) => {
        const at = pair.indexOf('=')
        return pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
      })
      const [token] = ours
      return ours.length === 1 && token !== undefined && TOKEN.test(token) ? token : undefined
    },
    set: (reply, token) => void reply.header('set-cookie', `${name}=${token}; ${attributes}`),
    clear: (reply) => void reply.header('set-cookie', `${name}=; ${attributes}; Max-Age=0`),
  }
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/
