import { hasDeskCode, isDeskError } from '@scel/contract/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PersonActor } from '../../core/actor.ts'
import type { Core } from '../../core/core.ts'
import { peerAddress } from '../http/connections/peer-address.ts'
import type { KnownCallers } from '../http/limits/known-callers.ts'
import { clearSessionCookie, sessionToken } from './session-cookie.ts'

/**
 * Who is signed in, judged anew at every call. A cookie that is good for nothing any more is taken back, so that it is not
 * shown again and again.
 * @throws DeskError of the session
 */
export const signedIn =
  ({ sessions }: Pick<Core, 'sessions'>, known: KnownCallers) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<PersonActor> => {
    const token = sessionToken(request)
    try {
      const actor = await sessions.find(token, { from: peerAddress(request) })
      known.know(token!, actor.id)
      return actor
    } catch (error) {
      if (token !== undefined && isDeskError(error)) known.forget(token)
      if (hasDeskCode(error, 'session_ended')) clearSessionCookie(reply)
      throw error
    }
  }
