import { Type } from 'typebox'
import { Email, Id, Instant, Line, Ok, Secret } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { anyone, person, route } from '../routing/route.ts'
import { Credential } from './values.ts'

const Listed = Type.Object({
  items: Type.Array(Credential),
  more: Type.Boolean({
    description: 'more has ended than is listed: all that is open is, and of what has ended the last',
  }),
})

/** A one-time link for oneself: the token stands in the fragment, so that it reaches no server log. */
const OwnLink = Type.Object({
  link: Type.String(),
  expiresAt: Instant,
  awaiting: Type.Boolean({ description: 'it opens nothing until another administrator has confirmed it' }),
})

/** What the caller signs in with, newest first; what ended lately too. */
export const listCredentials = route({
  method: 'GET',
  path: '/api/credentials',
  summary: 'What one signs in with',
  tag: 'sign-in',
  access: person(),
  output: Listed,
})

export const listCredentialsOf = route({
  method: 'GET',
  path: '/api/people/:id/credentials',
  summary: 'What a person signs in with',
  tag: 'people',
  access: person('read_people'),
  params: Type.Object({ id: Id }),
  output: Listed,
})

export const nameCredential = route({
  method: 'POST',
  path: '/api/credentials/:id/name',
  summary: 'Call something that one signs in with by a name',
  tag: 'sign-in',
  access: person('keep_credentials'),
  params: Type.Object({ id: Id }),
  body: Type.Object({ name: Line(60) }),
  output: Ok,
})

/** Ends it with its sessions; a certificate is revoked: as out of use, or, where the key may be in wrong hands, as compromised. */
export const endCredential = route({
  method: 'POST',
  path: '/api/credentials/:id/end',
  summary: 'End something that one signs in with; an administrator, of anybody',
  tag: 'sign-in',
  access: person('keep_credentials'),
  params: Type.Object({ id: Id }),
  body: Type.Object({ compromised: Type.Boolean() }),
  output: Ok,
})

/** Good for 15 minutes and once: whoever opens it looks, and decides nothing. A new one replaces the one before. */
export const makeSignInLink = route({
  method: 'POST',
  path: '/api/credentials/link',
  summary: 'Make a link to look on another device',
  once: true,
  tag: 'sign-in',
  access: person('keep_credentials'),
  output: OwnLink,
})

/** Good for 15 minutes and once: a key is made where it is opened, and the certificate for it is added to those that one has. */
export const addDevice = route({
  method: 'POST',
  path: '/api/credentials/device',
  summary: 'Make a link to add another computer',
  once: true,
  tag: 'sign-in',
  access: person('keep_credentials'),
  body: Type.Object({ name: Line(60) }),
  output: OwnLink,
})

/** Looks at a sign-in link without spending it. A POST, so that the token stands in no address. */
export const inspectSignInLink = route({
  method: 'POST',
  path: '/api/sign-in-links/inspect',
  summary: 'Whom a sign-in link signs in; does not spend it',
  tag: 'sign-in',
  access: anyone,
  tries: 'token',
  body: Type.Object({ token: Secret }),
  output: Type.Object({
    environment: Environment,
    name: Type.String(),
    email: Type.Optional(Email),
    expiresAt: Instant,
  }),
})

/** Spends it and begins a session of low strength (cookie). */
export const useSignInLink = route({
  method: 'POST',
  path: '/api/sign-in-links/use',
  summary: 'Sign in with a one-time link',
  tag: 'sign-in',
  access: anyone,
  tries: 'token',
  body: Type.Object({ token: Secret }),
  output: Ok,
})
