import type { Core } from '../../core/core.ts'
import type { OwnLink } from '../../core/people/sign-in/credentials.ts'
import { callerOf } from '../sign-in/caller.ts'
import { setSessionCookie } from '../sign-in/session-cookie.ts'
import type { About } from './about.ts'
import type { HandlersOf } from './handlers.ts'
import { invitationLink } from './people.ts'

type Names =
  | 'listCredentials'
  | 'listCredentialsOf'
  | 'nameCredential'
  | 'endCredential'
  | 'makeSignInLink'
  | 'addDevice'
  | 'inspectSignInLink'
  | 'useSignInLink'

export function credentialHandlers({ credentials, sessions }: Core, { services }: About): HandlersOf<Names> {
  // The token stands in the fragment: a browser sends it to nobody.
  const handedOver = ({ token, expiresAt, awaiting }: OwnLink, link: (portal: string, token: string) => string) => ({
    ...{ link: link(services.portal, token), expiresAt, awaiting },
  })
  return {
    listCredentials: async ({ actor }) => credentials.list(actor),
    listCredentialsOf: async ({ actor, params }) => credentials.listOf(actor, params.id),
    nameCredential: async ({ actor, params, body }) => {
      await credentials.name(actor, params.id, body.name)
      return { ok: true }
    },
    endCredential: async ({ actor, params, body }) => {
      await credentials.end(actor, params.id, body.compromised)
      return { ok: true }
    },
    makeSignInLink: async ({ actor, once }) => handedOver(await credentials.makeLink(actor, once), signInLink),
    addDevice: async ({ actor, body, once }) =>
      handedOver(await credentials.addDevice(actor, body.name, once), invitationLink),
    inspectSignInLink: async ({ body }) => sessions.inspectLink(body.token),
    useSignInLink: async ({ body, request, reply }) => {
      const { token } = await sessions.beginWithLink({ token: body.token, ...callerOf(request) })
      setSessionCookie(reply, token)
      return { ok: true }
    },
  }
}

/** A one-time link: whoever opens it looks as the person who made it. */
const signInLink = (portal: string, token: string): string => `${portal}/sign-in-link#${token}`
