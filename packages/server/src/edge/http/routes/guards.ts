import { APPLICANT_HEADER, NONCE_HEADER } from '@scel/contract/applicant'
import type { Route } from '@scel/contract/routes'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Core } from '../../../core/core.ts'
import { shownCertificate } from '../../mutual/shown-certificate.ts'
import { changingFrom, mutualFrom, readingFrom, refuseForeign } from '../../sign-in/same-origin.ts'
import { signedIn } from '../../sign-in/signed-in.ts'
import { peerAddress } from '../connections/peer-address.ts'
import type { KnownCallers } from '../limits/known-callers.ts'

/** Who may call, judged anew at every call: no connection, cookie or TLS session is trusted for what it was before. */
export interface Guards {
  /** @throws DeskError origin_refused */
  origin(request: FastifyRequest, route: Route): void
  /**
   * Who calls, as the route's access wants it. Roles are the rules' own business: a refusal there is written into the
   * log, which it would not be if it happened at the door.
   *
   * @throws DeskError of the session, applicant signature or certificate
   */
  actor(request: FastifyRequest, reply: FastifyReply, route: Route): Promise<unknown>
}

type Needs = Pick<Core, 'sessions' | 'proofs' | 'judge'>

export function makeGuards({ sessions, proofs, judge }: Needs, portalOrigin: string, known: KnownCallers): Guards {
  const changing = changingFrom(portalOrigin)
  const reading = readingFrom(portalOrigin)
  const mutual = mutualFrom(portalOrigin)

  const person = signedIn({ sessions }, known)

  const applicant = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    // The next nonce travels with every answer, refusals included: whoever is refused may try again at once.
    reply.header(NONCE_HEADER, (await proofs.newNonce()).nonce)
    const number = (request.params as { number?: string }).number
    return proofs.check(
      {
        ...(number !== undefined && { request: Number(number) }),
        method: request.method,
        path: request.raw.url ?? request.url,
        body: request.rawBody ?? EMPTY,
      },
      oneHeader(request.headers[APPLICANT_HEADER]),
      peerAddress(request),
    )
  }

  return {
    origin: (request, route) => {
      if (route.access.kind === 'certificate') refuseForeign(request, mutual)
      else refuseForeign(request, route.method === 'GET' ? reading : changing)
    },
    actor: async (request, reply, { access }) => {
      switch (access.kind) {
        case 'public':
          return undefined
        case 'person':
          return person(request, reply)
        case 'applicant':
          return applicant(request, reply)
        case 'certificate':
          return judge.clientCertificate(shownCertificate(request))
      }
    },
  }
}

const EMPTY = new Uint8Array()

// Node joins a repeated unknown header with a comma; the form of the proof then fails. An array is never ours.
const oneHeader = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join() : value
