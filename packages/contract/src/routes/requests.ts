import { Type } from 'typebox'
import { Cursor, Id, Instant, Line, PageOf, PageSize, Paragraph, RequestNumber } from '../values/basics.ts'
import { ProfileName } from '../values/profile.ts'
import { RequestDetail, RequestMark, RequestState, RequestSummary } from '../values/request.ts'
import { person, route } from './route.ts'

const Params = Type.Object({ number: RequestNumber })

/** Newest first. A manager sees what managers see of their own organisation; nothing else exists for them. */
export const listRequests = route({
  method: 'GET',
  path: '/api/requests',
  summary: 'Requests',
  tag: 'requests',
  access: person('read_requests'),
  query: Type.Object({
    search: Type.Optional(Line(100, 0)),
    state: Type.Optional(RequestState),
    profile: Type.Optional(ProfileName),
    organisation: Type.Optional(Id),
    since: Type.Optional(Instant),
    after: Cursor,
    size: PageSize,
  }),
  output: Type.Intersect([
    PageOf(RequestSummary),
    Type.Object({ pending: Type.Integer({ description: 'pending requests the caller may see, whatever the filter' }) }),
  ]),
})

export const getRequest = route({
  method: 'GET',
  path: '/api/requests/:number',
  summary: 'One request with its CSR, findings, facts and timeline',
  tag: 'requests',
  access: person('read_requests'),
  params: Params,
  output: RequestDetail,
})

export const approveRequest = route({
  method: 'POST',
  path: '/api/requests/:number/approve',
  summary: 'Approve and issue',
  tag: 'requests',
  access: person('decide_requests'),
  params: Params,
  query: Type.Object({
    mark: RequestMark,
  }),
  output: RequestDetail,
})

export const rejectRequest = route({
  method: 'POST',
  path: '/api/requests/:number/reject',
  summary: 'Reject, with the reason',
  tag: 'requests',
  access: person('decide_requests'),
  params: Params,
  body: Type.Object({ reason: Paragraph(1000) }),
  output: RequestDetail,
})
