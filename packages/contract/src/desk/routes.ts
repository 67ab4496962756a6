import { Type } from 'typebox'
import { Instant } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { SignedStatement } from '../kit/desk-statement.ts'
import { anyone, certificateHolder, route } from '../routing/route.ts'

/** What anyone may know about the desk before talking to it. */
export const describeDesk = route({
  method: 'GET',
  path: '/api/desk',
  summary: 'The desk, its addresses and its roots',
  tag: 'desk',
  access: anyone,
  output: Type.Object({
    name: Type.String(),
    version: Type.String(),
    id: Type.String({ description: 'names this desk in applicant signatures' }),
    now: Instant,
    services: Type.Object({ portal: Type.String(), mutual: Type.String(), public: Type.String() }),
    roots: Type.Array(
      Type.Object({ environment: Environment, name: Type.String(), fingerprint: Type.String(), pem: Type.String() }),
    ),
    restored: Type.Optional(
      Type.Object(
        { since: Instant },
        {
          description:
            'the database is an older copy than the desk remembers: nothing is changed until that is accepted',
        },
      ),
    ),
    timeStamps: Type.Array(
      Type.Object({
        environment: Environment,
        address: Type.String({ description: 'takes application/timestamp-query by POST (RFC 3161 §3.4)' }),
        policy: Type.String({ description: 'OID' }),
      }),
      { description: 'time-stamp services, each under the root of its environment' },
    ),
  }),
})

/** What the desk says of itself, signed under its root: called by programs that know a kit, or the desk from before. */
export const deskStatement = route({
  method: 'GET',
  path: '/api/desk/statement',
  summary: 'What the desk says of itself, signed under its root',
  tag: 'desk',
  access: anyone,
  output: SignedStatement,
})

/** The protected sample API at the mutual-TLS door (E7, E14): what the desk saw of the caller's certificate. */
export const whoAmI = route({
  method: 'GET',
  path: '/api/whoami',
  summary: 'What the desk saw of the client certificate',
  tag: 'mutual',
  access: certificateHolder,
  output: Type.Object({
    environment: Environment,
    subject: Type.String(),
    commonName: Type.String(),
    issuer: Type.String(),
    serial: Type.String(),
    notBefore: Instant,
    notAfter: Instant,
    daysLeft: Type.Integer(),
    revocation: Type.Literal('good'),
    organisation: Type.Optional(Type.Object({ code: Type.String(), name: Type.String() })),
    request: Type.Optional(Type.Integer()),
    now: Instant,
    tls: Type.Object({ version: Type.String(), cipher: Type.String(), resumed: Type.Boolean() }),
  }),
})
