import { type Static, Type } from 'typebox'
import { Instant } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'

/** Everything the log records. None is the beginning of another: a filter by one finds that one only. */
export const AUDIT_ACTIONS = [
  'organisation.created',
  'organisation.names_changed',
  'service.made',
  'service.renamed',
  'service.closed',
  'kit.created',
  'kit.withdrawn',
  'kit.standing_ended',
  'kit.requests_rejected',
  'kit.confirmed',
  'kit.refused',
  'person.invited',
  'person.link_renewed',
  'person.link_confirmed',
  'person.link_refused',
  'person.disabled',
  'person.erased',
  'grant.given',
  'grant.confirmed',
  'grant.refused',
  'grant.ended',
  'invitation.accepted',
  'invitation.withdrawn',
  'applicant.blocked',
  'applicant.lifted',
  'credential.named',
  'credential.ended',
  'credential.link_made',
  'credential.device_link_made',
  'session.begun',
  'session.ended',
  'request.submitted',
  'request.replaced',
  'request.approved',
  'request.rejected',
  'request.cancelled',
  'request.expired',
  'request.issued',
  'request.fetched',
  'request.installed',
  'request.downloaded',
  'certificate.issued',
  'certificate.revoked',
  'certificate.compromised',
  'certificate.given_up',
  'authority.made',
  'crl.published',
  'log.key_made',
  'log.erased',
  'clock.behind',
  'clock.leapt',
  'clock.differs',
  'desk.row_refused',
  'desk.restore_accepted',
  'desk.delivery_given_up',
  'desk.delivery_resent',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/**
 * What an event may say beyond who, what and when; and of each whether the log can be without it. `personal` is what people typed, or what names them:
 * of that a line commits to a salted hash, and the text beside can be erased. `public` stands in the line for ever, and leaves the desk with it.
 * Lines are judged by this: what was written under one word is never given the other.
 *
 * `whose` is the id of the person whom the personal facts of a line name, or who typed them; where it is not there, they are the actor's.
 */
export const AUDIT_FACTS = {
  asked: 'personal',
  authority: 'public',
  awaits: 'public',
  before: 'public',
  blocks: 'public',
  by: 'public',
  claims: 'personal',
  code: 'public',
  count: 'public',
  entries: 'public',
  fields: 'public',
  fingerprint: 'public',
  key: 'public',
  kit: 'public',
  lines: 'public',
  name: 'personal',
  names: 'public',
  number: 'public',
  profile: 'public',
  purpose: 'public',
  reason: 'personal',
  request: 'public',
  role: 'public',
  root: 'public',
  seen: 'public',
  serial: 'public',
  service: 'public',
  since: 'public',
  size: 'public',
  standing: 'public',
  strength: 'public',
  standingApproval: 'public',
  until: 'public',
  uses: 'public',
  whose: 'public',
} as const satisfies Readonly<Record<string, 'personal' | 'public'>>
export type AuditFact = keyof typeof AUDIT_FACTS

/** What the desk is called in lines that no person is behind: its parts, its commands on the host. */
export const DESK_PARTS = [
  'accept-restore',
  'clock',
  'deliveries',
  'enrolment',
  'erase-person',
  'first start',
  'invite-admin',
  'issuance',
  'log',
  'own certificates',
  'people',
  'revocation',
  'row codes',
] as const
export type DeskPart = (typeof DESK_PARTS)[number]

/** What lines are about; rows that somebody else wrote are told of by their table. */
export const AUDIT_TARGETS = [
  'applicant',
  'audit_event',
  'authority',
  'certificate',
  'clock',
  'credential',
  'crl',
  'delivery',
  'desk',
  'intent',
  'inventory',
  'invitation',
  'kit',
  'log',
  'log_head',
  'organisation',
  'person',
  'person_grant',
  'request',
  'request_step',
  'service',
  'session',
  'setting',
] as const
export type AuditTarget = (typeof AUDIT_TARGETS)[number]

export const AuditEvent = Type.Object({
  number: Type.Integer(),
  at: Instant,
  // Not the union: the log outlives the version of the desk that wrote into it.
  action: Type.String({ description: 'what happened, for example request.approved' }),
  outcome: oneOf(['done', 'refused']),
  actor: Type.Object({ kind: Type.String(), name: Type.String(), from: Type.Optional(Type.String()) }),
  target: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.Optional(Type.String()) }),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  altered: Type.Optional(Type.Literal(true, { description: 'the desk did not write this line as it stands' })),
  erased: Type.Optional(
    Type.Array(Type.String(), { description: 'what personal data was erased: actor.name, target.name, facts.reason' }),
  ),
})
export type AuditEvent = Static<typeof AuditEvent>

/** The newest signed head of the log, and how far the log has gone since. */
export const LogHead = Type.Object({
  head: Type.Optional(
    Type.Object({
      size: Type.Integer(),
      at: Instant,
      root: Type.String({ description: 'SHA-256, hex' }),
      note: Type.String({ description: 'checkpoint (c2sp.org/tlog-checkpoint)' }),
    }),
  ),
  waiting: Type.Integer({ description: 'lines that no signed head stands over yet' }),
  pushed: Type.Array(
    Type.Object({
      to: Type.String(),
      size: Type.Integer(),
      at: Type.Optional(Instant),
      failingSince: Type.Optional(Instant),
    }),
  ),
})
export type LogHead = Static<typeof LogHead>

/** What the live stream says: something of this kind changed; look again. Nothing secret travels in it. */
export const LiveEvent = Type.Object({
  kind: oneOf(['request', 'certificate', 'organisation', 'person', 'kit', 'authority', 'session']),
  id: Type.String(),
  state: Type.Optional(Type.String()),
})
export type LiveEvent = Static<typeof LiveEvent>
