import { Type } from 'typebox'
import { Cursor, Email, Id, Instant, Line, Ok, PageOf, PageSize, Pem, Secret } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { KeyChoice } from '../basics/keys.ts'
import { LanguageChoice, Me, Role, Session } from '../people/values.ts'
import { anyone, person, route } from '../routing/route.ts'

/** Looks at an invitation without spending it. A POST, so that the token stands in no address. */
export const inspectInvitation = route({
  method: 'POST',
  path: '/api/invitations/inspect',
  summary: 'What an invitation is for; does not spend it',
  tag: 'sign-in',
  access: anyone,
  tries: 'token',
  body: Type.Object({ token: Secret }),
  output: Type.Object({
    environment: Environment,
    name: Type.String(),
    email: Type.Optional(Email),
    role: Type.Optional(Role),
    organisation: Type.Optional(Type.Object({ code: Type.String(), name: Type.String() })),
    language: LanguageChoice,
    expiresAt: Instant,
    keys: Type.Array(KeyChoice),
    proposedKey: KeyChoice,
    validityDays: Type.Integer(),
    adds: Type.Optional(Type.String({ description: 'made by its holder for another computer, which they call so' })),
    unnamed: Type.Optional(
      Type.Boolean({
        description: 'the link was made without knowing for whom: name and e-mail are to be given with it',
      }),
    ),
  }),
})

/**
 * Spends an invitation: the request was made in the browser, the private key stays there. Answers the certificate and
 * its chain, and begins a session (cookie). The same token with the same key is answered again with the same
 * certificate but no session, so that a lost answer loses nothing. `name` and `email` are taken for an unnamed invitation only.
 */
export const acceptInvitation = route({
  method: 'POST',
  path: '/api/invitations/accept',
  summary: 'Spend an invitation with a certificate request',
  tag: 'sign-in',
  access: anyone,
  tries: 'token',
  body: Type.Object({ token: Secret, csr: Pem, name: Type.Optional(Line(64)), email: Type.Optional(Email) }),
  output: Type.Object({
    certificate: Pem,
    chain: Type.Array(Pem, { description: 'issuer first, root last' }),
    signedIn: Type.Boolean(),
  }),
})

export const me = route({
  method: 'GET',
  path: '/api/session',
  summary: 'Who the caller is',
  tag: 'sign-in',
  access: person(),
  output: Me,
})

export const signOut = route({
  method: 'DELETE',
  path: '/api/session',
  summary: 'End the current session',
  tag: 'sign-in',
  access: person(),
  output: Ok,
})

/** Own sessions, 50 at most: whoever signs in once more is signed out where they were seen longest ago; an administrator sees everybody's of their environment with `everyone=true`. */
export const listSessions = route({
  method: 'GET',
  path: '/api/sessions',
  summary: 'Open sessions',
  tag: 'sign-in',
  access: person(),
  query: Type.Object({ everyone: Type.Optional(Type.Boolean()), after: Cursor, size: PageSize }),
  output: PageOf(Session),
})

export const endSession = route({
  method: 'DELETE',
  path: '/api/sessions/:id',
  summary: 'End a session: an own one, or anybody’s for an administrator',
  tag: 'sign-in',
  access: person(),
  params: Type.Object({ id: Id }),
  output: Ok,
})
