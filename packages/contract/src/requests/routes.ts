import { Type } from 'typebox'
import { Cursor, Id, Instant, Line, PageOf, PageSize, Paragraph, Pem, RequestNumber } from '../basics/basics.ts'
import { Choices } from '../profiles/choices.ts'
import { ProfileName } from '../profiles/values.ts'
import { person, route } from '../routing/route.ts'
import {
  Contact,
  Finding,
  MachineFacts,
  OriginKind,
  RequestDetail,
  RequestMark,
  RequestState,
  RequestSummary,
} from './values.ts'

const Params = Type.Object({ number: RequestNumber })

/**
 * Newest first. A manager sees what managers see of their own organisation; nothing else exists for them. Requests of people and of the
 * desk, decided before they came, are among them where the caller searches or asks for a profile or an origin.
 */
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
    service: Type.Optional(Id),
    origin: Type.Optional(OriginKind),
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

/** One's own alone, and while nobody has decided it. */
export const withdrawRequest = route({
  method: 'POST',
  path: '/api/requests/:number/withdraw',
  summary: 'Take one’s own request back',
  tag: 'requests',
  access: person('withdraw_requests'),
  params: Params,
  output: RequestDetail,
})

/** For a machine without a client: the caller is the contact, and never who decides. What waits already is answered with its number. */
export const handInRequest = route({
  method: 'POST',
  path: '/api/requests',
  summary: 'Ask for a certificate with a certificate request (CSR) that was made elsewhere',
  tag: 'requests',
  access: person('ask_by_file'),
  body: Type.Object({
    organisation: Id,
    service: Type.Optional(Id),
    profile: ProfileName,
    csr: Pem,
    choices: Type.Optional(Choices),
    machine: MachineFacts,
    contact: Type.Omit(Contact, ['email']),
  }),
  output: Type.Object({ request: RequestSummary, findings: Type.Array(Finding), replaced: Type.Array(RequestNumber) }),
})

/** Of what was handed in as a file: the state becomes downloaded. Whoever asked with a kit fetches theirs themselves. */
export const downloadRequest = route({
  method: 'POST',
  path: '/api/requests/:number/download',
  summary: 'Download the certificate of an approved request with its chain, to be handed over',
  tag: 'requests',
  access: person('ask_by_file'),
  params: Params,
  output: Type.Object({
    request: RequestSummary,
    certificate: Pem,
    chain: Type.Array(Pem, { description: 'issuer first, root last' }),
    notAfter: Instant,
  }),
})
