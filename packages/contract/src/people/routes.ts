import { Type } from 'typebox'
import { Cursor, Email, Id, Instant, Line, Ok, PageOf, PageSize, SeenMark } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { InvitationLink, LanguageChoice, Person, PersonState, Role } from './values.ts'

/** Of what is answered, as it was seen. */
const AS_SEEN = Type.Object({ mark: SeenMark })

export const listPeople = route({
  method: 'GET',
  path: '/api/people',
  summary: 'People of this environment',
  tag: 'people',
  access: person('read_people'),
  query: Type.Object({
    search: Type.Optional(Line(100, 0)),
    role: Type.Optional(Role),
    state: Type.Optional(PersonState),
    organisation: Type.Optional(Id),
    after: Cursor,
    size: PageSize,
  }),
  output: PageOf(Person),
})

/** The link is shown once, to be handed over; it is hashed at rest. */
export const invitePerson = route({
  method: 'POST',
  path: '/api/people',
  summary: 'Invite a person',
  once: true,
  tag: 'people',
  access: person('invite_people'),
  body: Type.Object({
    name: Line(64),
    email: Email,
    role: Role,
    organisation: Type.Optional(Id),
    service: Type.Optional(Id),
    until: Type.Optional(Instant),
    language: Type.Optional(LanguageChoice),
  }),
  output: Type.Object({ person: Person, invitation: InvitationLink }),
})

/** A new link replaces the earlier one, and once accepted replaces the person's certificate (lost key, lost link). */
export const renewInvitation = route({
  method: 'POST',
  path: '/api/people/:id/invitation',
  summary: 'Make a new one-time link',
  once: true,
  tag: 'people',
  access: person('invite_people'),
  params: Type.Object({ id: Id }),
  output: Type.Object({ person: Person, invitation: InvitationLink }),
})

/**
 * An administrator's link, where the desk has several of them, opens nothing before another one has confirmed it: neither
 * the one who asked for it nor the one whom it is for.
 */
export const confirmInvitation = route({
  method: 'POST',
  path: '/api/people/:id/invitation/confirm',
  summary: 'Confirm the link that another administrator asked for',
  tag: 'people',
  access: person('confirm_people'),
  params: Type.Object({ id: Id }),
  body: AS_SEEN,
  output: Ok,
})

export const refuseInvitation = route({
  method: 'POST',
  path: '/api/people/:id/invitation/refuse',
  summary: 'Refuse a link that waits for confirmation: it will open nothing',
  tag: 'people',
  access: person('confirm_people'),
  params: Type.Object({ id: Id }),
  body: AS_SEEN,
  output: Ok,
})

/** Ends the person's sessions, revokes the certificate, and refuses further links. */
export const disablePerson = route({
  method: 'POST',
  path: '/api/people/:id/disable',
  summary: 'Take a person’s access away',
  tag: 'people',
  access: person('disable_people'),
  params: Type.Object({ id: Id }),
  output: Ok,
})

export const getPerson = route({
  method: 'GET',
  path: '/api/people/:id',
  summary: 'One person',
  tag: 'people',
  access: person('read_people'),
  params: Type.Object({ id: Id }),
  output: Person,
})

/** An administrator's, where the desk has several of them, is none before another one has confirmed it. */
export const giveGrant = route({
  method: 'POST',
  path: '/api/people/:id/grants',
  summary: 'Give a person a role somewhere, for a while or until it is ended',
  once: true,
  tag: 'people',
  access: person('give_grants'),
  params: Type.Object({ id: Id }),
  body: Type.Object({
    role: Role,
    organisation: Type.Optional(Id),
    service: Type.Optional(Id),
    until: Type.Optional(Instant),
  }),
  output: Person,
})

const ONE_GRANT = Type.Object({ id: Id, grant: Id })

/** What it allowed is over at once, also where the person is signed in. */
export const endGrant = route({
  method: 'POST',
  path: '/api/people/:id/grants/:grant/end',
  summary: 'Take a role away from a person',
  tag: 'people',
  access: person('end_grants'),
  params: ONE_GRANT,
  output: Ok,
})

export const confirmGrant = route({
  method: 'POST',
  path: '/api/people/:id/grants/:grant/confirm',
  summary: 'Confirm a role that another administrator asked for',
  tag: 'people',
  access: person('confirm_people'),
  params: ONE_GRANT,
  body: AS_SEEN,
  output: Ok,
})

export const refuseGrant = route({
  method: 'POST',
  path: '/api/people/:id/grants/:grant/refuse',
  summary: 'Refuse a role that waits for confirmation',
  tag: 'people',
  access: person('confirm_people'),
  params: ONE_GRANT,
  body: AS_SEEN,
  output: Ok,
})
