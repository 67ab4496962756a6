import type { Core } from '../../core/core.ts'
import { callerOf } from '../sign-in/caller.ts'
import { clearSessionCookie, setSessionCookie } from '../sign-in/session-cookie.ts'
import type { HandlersOf } from './handlers.ts'

type Names = 'inspectInvitation' | 'acceptInvitation' | 'me' | 'signOut' | 'listSessions' | 'endSession'

export function sessionHandlers({ invitations, sessions }: Core): HandlersOf<Names> {
  return {
    inspectInvitation: async ({ body }) => invitations.inspect(body.token),
    acceptInvitation: async ({ body, request, reply }) => {
      const { certificate, chain, session } = await invitations.accept({ ...body, ...callerOf(request) })
      if (session) setSessionCookie(reply, session.token)
      return { certificate, chain, signedIn: session !== undefined }
    },
    me: async ({ actor }) => sessions.me(actor),
    signOut: async ({ actor, reply }) => {
      await sessions.endCurrent(actor)
      clearSessionCookie(reply)
      return { ok: true }
    },
    listSessions: async ({ actor, query }) => sessions.list(actor, query),
    endSession: async ({ actor, params, reply }) => {
      await sessions.end(actor, params.id)
      if (params.id === actor.sessionId) clearSessionCookie(reply)
      return { ok: true }
    },
  }
}
