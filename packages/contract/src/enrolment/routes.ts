import { Type } from 'typebox'
import { Id, Instant, Ok, Pem, RequestNumber, Secret, Sha256 } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { oneOf } from '../basics/one-of.ts'
import { Choices } from '../profiles/choices.ts'
import { Contact, Finding, MachineFacts, RequestSummary } from '../requests/values.ts'
import { anyone, applicant, route } from '../routing/route.ts'

// The machine's side. Every call but the nonce is signed with the applicant key (see `applicant/`).

const Params = Type.Object({ number: RequestNumber })
/** One applicant key may have asked in both environments. It stands in the address, which is signed. */
const Of = Type.Object({ environment: Environment })

/** A fresh single-use nonce; every answer to an applicant also carries the next one in the `Scel-Nonce` header. */
export const newNonce = route({
  method: 'POST',
  path: '/api/enrolment/nonce',
  summary: 'A single-use nonce for an applicant signature',
  tag: 'enrolment',
  access: anyone,
  output: Type.Object({
    nonce: Type.String(),
    desk: Type.String({ description: 'id of the desk, part of what is signed' }),
  }),
})

export const submitRequest = route({
  method: 'POST',
  path: '/api/enrolment/requests',
  summary: 'Ask for a certificate with a kit',
  tag: 'enrolment',
  access: applicant,
  body: Type.Object({
    kit: Type.Object({
      id: Id,
      secret: Secret,
      /** Of the rules the client read in its kit file: an altered file is told apart. */
      rules: Sha256,
    }),
    csr: Pem,
    choices: Type.Optional(Choices),
    machine: MachineFacts,
    contact: Contact,
  }),
  output: Type.Object({ request: RequestSummary, findings: Type.Array(Finding), replaced: Type.Array(RequestNumber) }),
})

/** All requests this applicant key made in this environment of the desk, newest first, at most 200. */
export const listOwnRequests = route({
  method: 'GET',
  path: '/api/enrolment/requests',
  summary: 'The applicant’s own requests in an environment',
  tag: 'enrolment',
  access: applicant,
  query: Of,
  output: Type.Object({ items: Type.Array(RequestSummary, { maxItems: 200 }) }),
})

export const getOwnRequest = route({
  method: 'GET',
  path: '/api/enrolment/requests/:number',
  summary: 'One of the applicant’s requests',
  tag: 'enrolment',
  access: applicant,
  params: Params,
  query: Of,
  output: RequestSummary,
})

export const cancelOwnRequest = route({
  method: 'POST',
  path: '/api/enrolment/requests/:number/cancel',
  summary: 'Cancel a pending request',
  tag: 'enrolment',
  access: applicant,
  params: Params,
  query: Of,
  output: RequestSummary,
})

export const fetchCertificate = route({
  method: 'POST',
  path: '/api/enrolment/requests/:number/certificate',
  summary: 'Fetch the certificate of an approved request with its chain',
  tag: 'enrolment',
  access: applicant,
  params: Params,
  query: Of,
  output: Type.Object({
    request: RequestSummary,
    certificate: Pem,
    chain: Type.Array(Pem, { description: 'issuer first, root last' }),
    notAfter: Instant,
  }),
})

/** Says that the certificate is in its store (installed), or in a folder to be handed over (downloaded). */
export const confirmCertificate = route({
  method: 'POST',
  path: '/api/enrolment/requests/:number/confirm',
  summary: 'Confirm that the certificate arrived',
  tag: 'enrolment',
  access: applicant,
  params: Params,
  query: Of,
  body: Type.Object({
    how: oneOf(['installed', 'downloaded']),
    serial: Type.String({ pattern: '^[0-9a-f]{2,40}$', maxLength: 40 }),
  }),
  output: Type.Intersect([Ok, Type.Object({ request: RequestSummary, superseded: Type.Array(Type.String()) })]),
})
