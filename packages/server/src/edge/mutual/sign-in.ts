import type { IncomingMessage } from 'node:http'
import { isDeskError } from '@scel/contract/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Core } from '../../core/core.ts'
import { peerAddress } from '../http/connections/peer-address.ts'
import type { Door } from '../http/door/door.ts'
import { readBody } from '../http/input/read-body.ts'
import type { Failures } from '../http/limits/failures.ts'
import { refuseForeign } from '../sign-in/same-origin.ts'
import { setSessionCookie } from '../sign-in/session-cookie.ts'
import { shownCertificate } from './shown-certificate.ts'

/**
 * Sign-in with a client certificate: the portal sends a form here, the browser shows a certificate, the cookie counts
 * for the whole host (cookies know no ports), and the browser is sent back to the portal.
 *
 * A refusal is told by its code alone in the address of the sign-in page: whoever refused, nothing of the certificate
 * stands in a history or a log.
 */
export function addSignIn(
  door: Door,
  { sessions }: Pick<Core, 'sessions'>,
  portalOrigin: string,
  failures: Failures,
): void {
  const back = (reply: FastifyReply, refused?: string): FastifyReply =>
    reply
      .header('cache-control', 'no-store')
      .redirect(`${portalOrigin}${refused ? `/sign-in?refused=${encodeURIComponent(refused)}` : '/'}`, 303)

  // The form has no fields; what it sends is not looked at.
  door.addContentTypeParser(
    'application/x-www-form-urlencoded',
    async (request: FastifyRequest, payload: IncomingMessage) => {
      await readBody(request, payload)
    },
  )

  door.get('/sign-in', async (_request, reply) => reply.redirect(`${portalOrigin}/sign-in`, 303))
  door.post('/sign-in', { bodyLimit: 1_024 }, async (request, reply) => {
    try {
      // Only the portal's own page: with SameSite cookies alone, another site could sign a person in unasked.
      refuseForeign(request, { portal: portalOrigin, sites: ['same-site', 'same-origin'] })
      const [der, from] = [shownCertificate(request), peerAddress(request)]
      const begin = () => sessions.beginWithCertificate({ der, from, agent: agentOf(request) })
      const { token } = await failures.each(der, from, begin)
      setSessionCookie(reply, token)
      return back(reply)
    } catch (error) {
      if (!isDeskError(error) || error.code === 'internal' || error.code === 'too_many_requests') throw error
      return back(reply, error.code)
    }
  })
}

/** What the program calls itself, for the list of sessions; one line, cut. */
export const agentOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string =>
  (headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200)
