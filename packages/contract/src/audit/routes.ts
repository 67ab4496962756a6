import { Type } from 'typebox'
import { Cursor, Line, PageOf, PageSize } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { AuditEvent, LogHead } from './values.ts'

export const listAudit = route({
  method: 'GET',
  path: '/api/audit',
  summary: 'The log of what was done and refused, newest first',
  tag: 'audit',
  access: person('read_log'),
  query: Type.Object({
    search: Type.Optional(Line(100, 0)),
    action: Type.Optional(Line(60, 0)),
    after: Cursor,
    size: PageSize,
  }),
  output: PageOf(AuditEvent),
})

export const readLogHead = route({
  method: 'GET',
  path: '/api/audit/head',
  summary: 'The newest signed head of the log, and how far the log has gone since',
  tag: 'audit',
  access: person('read_log'),
  output: LogHead,
})

/** Server-sent events, each a `LiveEvent`; `Last-Event-ID` resumes without a gap. */
export const liveEvents = route({
  method: 'GET',
  path: '/api/events',
  summary: 'Live changes as server-sent events',
  tag: 'desk',
  access: person(),
})
