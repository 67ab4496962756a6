import { isDeskError } from '@scel/contract/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Failures } from '../http/limits/failures.ts'
import { type Caller, callerOf } from './caller.ts'
import { setSessionCookie } from './session-cookie.ts'

/** A way to sign in that a browser takes itself, as no call of the portal does: it sends a form, or comes back from where it was sent. */
export interface Way {
  /**
   * Lets nobody in whom another site sent: asked before anything else. A form of the portal's is told by where it comes from, who comes back from elsewhere
   * by what this browser was given when it was sent there.
   * @throws DeskError origin_refused
   */
  admit(request: FastifyRequest): void
  /** What is tried, by which failures are counted; undefined when nothing was shown. */
  tried(request: FastifyRequest): Uint8Array | string | undefined
  /** @throws DeskError why nobody is signed in */
  begin(request: FastifyRequest, caller: Caller): Promise<{ readonly token: string }>
}

/**
 * Answers a browser that comes to sign in: it is given the cookie, which counts for the whole host (cookies know no ports), and sent to the
 * portal. The page there asks who is signed in by itself: with what a browser is sent to from elsewhere the cookie does not come yet.
 *
 * A refusal is told by its code alone in the address of the sign-in page: whoever refused, nothing of what was shown
 * stands in a history or a log.
 */
export function enterBy(
  { admit, tried, begin }: Way,
  portalOrigin: string,
  failures: Failures,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const back = (reply: FastifyReply, refused?: string): FastifyReply =>
    reply
      .header('cache-control', 'no-store')
      .redirect(`${portalOrigin}${refused ? `/sign-in?refused=${encodeURIComponent(refused)}` : '/'}`, 303)
  return async (request, reply) => {
    try {
      admit(request)
      const caller = callerOf(request)
      const { token } = await failures.each(tried(request), caller.from, () => begin(request, caller))
      setSessionCookie(reply, token)
      return back(reply)
    } catch (error) {
      if (!isDeskError(error) || error.code === 'internal' || error.code === 'too_many_requests') throw error
      return back(reply, error.code)
    }
  }
}
