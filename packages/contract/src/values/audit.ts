import { type Static, Type } from 'typebox'
import { Instant } from './basics.ts'

export const AuditEvent = Type.Object({
  number: Type.Integer(),
  at: Instant,
  action: Type.String({ description: 'what happened, for example request.approved' }),
  outcome: Type.Union([Type.Literal('done'), Type.Literal('refused')]),
  actor: Type.Object({ kind: Type.String(), name: Type.String(), from: Type.Optional(Type.String()) }),
  target: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.Optional(Type.String()) }),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
})
export type AuditEvent = Static<typeof AuditEvent>

/** What the live stream says: something of this kind changed; look again. Nothing secret travels in it. */
export const LiveEvent = Type.Object({
  kind: Type.Union([
    Type.Literal('request'),
    Type.Literal('certificate'),
    Type.Literal('organisation'),
    Type.Literal('person'),
    Type.Literal('kit'),
    Type.Literal('authority'),
    Type.Literal('session'),
  ]),
  id: Type.String(),
  state: Type.Optional(Type.String()),
})
export type LiveEvent = Static<typeof LiveEvent>
