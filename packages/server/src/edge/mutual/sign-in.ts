import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Core } from '../../core/core.ts'
import type { Door } from '../http/door/door.ts'
import { readBody } from '../http/input/read-body.ts'
import type { Failures } from '../http/limits/failures.ts'
import { enterBy, type Way } from '../sign-in/enter.ts'
import { formFrom, refuseForeign } from '../sign-in/same-origin.ts'
import { shownCertificate } from './shown-certificate.ts'

/** Sign-in with a client certificate: the portal sends a form here, and the browser shows a certificate. */
export function addSignIn(
  door: Door,
  { sessions }: Pick<Core, 'sessions'>,
  portalOrigin: string,
  failures: Failures,
): void {
  const form = formFrom(portalOrigin)
  const withCertificate: Way = {
    admit: (request) => refuseForeign(request, form),
    tried: shownCertificate,
    begin: (request, caller) => sessions.beginWithCertificate({ der: shownCertificate(request), ...caller }),
  }

  // The form has no fields; what it sends is not looked at.
  door.addContentTypeParser(
    'application/x-www-form-urlencoded',
    async (request: FastifyRequest, payload: IncomingMessage) => {
      await readBody(request, payload)
    },
  )

  door.get('/sign-in', async (_request, reply) => reply.redirect(`${portalOrigin}/sign-in`, 303))
  door.post('/sign-in', { bodyLimit: 1_024 }, enterBy(withCertificate, portalOrigin, failures))
}
