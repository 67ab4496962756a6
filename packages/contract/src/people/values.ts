import { type Static, Type } from 'typebox'
import { Email, Id, Instant, SeenMark, ServiceRef } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { oneOf } from '../basics/one-of.ts'
import { CredentialKind } from '../credentials/values.ts'
import { Entitlement, Strength } from '../rights/values.ts'

/**
 * What somebody is, somewhere. administrator: everything. manager (registration manager): of an organisation, what a profile lets managers see and
 * decide. auditor: reads everything, changes nothing.
 */
export const Role = oneOf(['administrator', 'manager', 'auditor'])
export type Role = Static<typeof Role>

export const LanguageChoice = oneOf(['en', 'fr'])

export const PersonState = oneOf(['invited', 'active', 'disabled'])
export type PersonState = Static<typeof PersonState>

/** Something that one administrator asked for and another confirms. */
export const Awaiting = Type.Object({
  askedBy: Type.String(),
  askedAt: Instant,
  adds: Type.Optional(
    Type.String({ description: 'of a link that its holder made for another computer: what they call it' }),
  ),
  mark: SeenMark,
  mayConfirm: Type.Boolean({ description: 'the caller is one who may confirm it' }),
})
export type Awaiting = Static<typeof Awaiting>

const Organisation = Type.Object({ id: Id, code: Type.String(), name: Type.String() })

/** A role that somebody has somewhere: what they may do follows from theirs, of which they may have several. */
export const Grant = Type.Object({
  id: Id,
  role: Role,
  organisation: Type.Optional(Organisation),
  service: Type.Optional(ServiceRef),
  from: Instant,
  until: Type.Optional(Instant),
  by: Type.String({ description: 'who gave it' }),
  awaiting: Type.Optional(Awaiting),
})
export type Grant = Static<typeof Grant>

export const Person = Type.Object({
  id: Id,
  name: Type.String({ description: 'empty once it was erased, as wherever somebody is named' }),
  email: Type.Optional(Email),
  organisation: Type.Optional(Organisation),
  grants: Type.Array(Grant, { description: 'those that hold or wait, the oldest first' }),
  state: PersonState,
  language: LanguageChoice,
  createdAt: Instant,
  invitation: Type.Optional(
    Type.Object({
      expiresAt: Instant,
      awaiting: Type.Optional(Awaiting),
    }),
  ),
  signIn: Type.Optional(
    Type.Object(
      {
        credential: Id,
        kind: CredentialKind,
        certificate: Type.Optional(Id),
        until: Type.Optional(Instant),
        ended: Type.Optional(Instant),
      },
      { description: 'the newest that lasts of what they sign in with; where nobody can, the last that did' },
    ),
  ),
  lastSignInAt: Type.Optional(Instant),
})
export type Person = Static<typeof Person>

/** What a session was begun with. */
export const SessionStart = oneOf(['invitation', 'certificate', 'link'])
export type SessionStart = Static<typeof SessionStart>

/** Who the caller is. */
export const Me = Type.Object({
  person: Person,
  environment: Environment,
  session: Type.Object({ id: Id, startedAt: Instant, expiresAt: Instant, how: SessionStart, strength: Strength }),
  rights: Type.Array(Entitlement, { description: 'what the caller may do here, and how far it reaches' }),
  awaiting: Type.Object(
    { people: Type.Integer(), kits: Type.Integer() },
    { description: 'how much waits for the caller’s confirmation' },
  ),
})
export type Me = Static<typeof Me>

export const Session = Type.Object({
  id: Id,
  person: Type.Object({ id: Id, name: Type.String(), email: Type.Optional(Type.String()) }),
  startedAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  from: Type.String(),
  agent: Type.String(),
  how: SessionStart,
  strength: Strength,
  current: Type.Boolean(),
})
export type Session = Static<typeof Session>

/** A one-time link: the token stands in the fragment, so that it reaches no server log and no mail scanner spends it. */
export const InvitationLink = Type.Object({
  link: Type.String(),
  expiresAt: Instant,
  awaiting: Type.Boolean({ description: 'it opens nothing until another administrator has confirmed it' }),
})
export type InvitationLink = Static<typeof InvitationLink>
