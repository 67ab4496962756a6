import { Type } from 'typebox'
import { Cursor, Email, Id, Line, PageSize, Pem } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { applicant, person, route } from '../routing/route.ts'
import { Recipient } from './values.ts'

// The certificate directory: whom files can be sealed to. Only certificates that are valid now and whose key may
// encipher or agree are listed. Whoever asks still checks them: the chain up to a root that they trust, the address.

const fields = {
  search: Type.Optional(Line(100, 0)),
  email: Type.Optional(Email),
  organisation: Type.Optional(Id),
  after: Cursor,
  size: PageSize,
}
const Query = Type.Object({
  ...fields,
  own: Type.Optional(Type.Boolean({ description: 'those of whoever asks alone' })),
})

const Answer = Type.Object({
  items: Type.Array(Recipient),
  issuers: Type.Array(Pem, { description: 'authorities above these certificates, without the roots' }),
  next: Type.Optional(Type.String()),
})

/**
 * By name. `search` looks into the names and e-mail addresses that certificates say, and into organisations; `email` is one whole address of a
 * certificate, in whatever case. The address of an account finds no certificate that does not speak for it. Managers find their own organisation and the people of the desk; administrators and auditors everybody of their environment; whoever
 * has no grant, themselves alone, as `own` does for everybody.
 */
export const listRecipients = route({
  method: 'GET',
  path: '/api/directory',
  summary: 'People whom files can be sealed to, with their certificates',
  tag: 'directory',
  access: person('read_recipients'),
  query: Query,
  output: Answer,
})

/**
 * The same for a computer: what a manager of its organisation would find, for each organisation of the environment in
 * which its applicant key has a valid certificate.
 */
export const listRecipientsAsApplicant = route({
  method: 'GET',
  path: '/api/enrolment/directory',
  summary: 'The same, for a computer that has a certificate',
  tag: 'directory',
  access: applicant,
  query: Type.Object({ environment: Environment, ...fields }),
  output: Answer,
})
