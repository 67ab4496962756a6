import { type Static, Type } from 'typebox'
import { Id, Instant } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'

export const AuthorityPurpose = oneOf(['root', 'machines', 'people', 'desk'])
export type AuthorityPurpose = Static<typeof AuthorityPurpose>

/** What only a root's key can do, and waits for a person at the desk's host. */
export const DueCeremony = Type.Object({
  what: oneOf(['list', 'authority'], {
    description: 'list: the root’s revocation list; authority: one was begun, or will soon end',
  }),
  until: Type.Optional(Instant),
})
export type DueCeremony = Static<typeof DueCeremony>

export const Authority = Type.Object({
  id: Id,
  purpose: AuthorityPurpose,
  name: Type.String(),
  subject: Type.String(),
  parent: Type.Optional(Id),
  serial: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256 of the certificate, hex' }),
  key: Type.String(),
  notBefore: Instant,
  notAfter: Instant,
  crl: Type.Optional(
    Type.Object({
      number: Type.Integer(),
      thisUpdate: Instant,
      nextUpdate: Instant,
      entries: Type.Integer(),
      address: Type.String(),
    }),
  ),
  ocsp: Type.Optional(Type.Object({ address: Type.String(), responderUntil: Type.Optional(Instant) })),
  issued: Type.Optional(
    Type.Integer({ description: 'certificates issued by it so far; for whoever has read_authorities' }),
  ),
  pem: Type.String(),
})
export type Authority = Static<typeof Authority>
