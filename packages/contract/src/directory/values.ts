import { type Static, Type } from 'typebox'
import { Id, Instant, Pem } from '../basics/basics.ts'

/** Somebody whom files can be sealed to: a line of the desk's certificate directory. Who they are is what the certificate says, not the account. */
export const Recipient = Type.Object({
  name: Type.String({ description: 'that the certificate says; where it says none, the first address' }),
  addresses: Type.Array(Type.String(), {
    minItems: 1,
    description: 'the e-mail addresses among the alternative names of the certificate, as they stand there',
  }),
  /** Absent for people of the desk itself: administrators and auditors. */
  organisation: Type.Optional(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  certificate: Type.Object({
    id: Id,
    subject: Type.String({ description: 'RFC 4514' }),
    serial: Type.String({ description: 'hex' }),
    fingerprint: Type.String({ description: 'SHA-256 of the certificate, hex' }),
    key: Type.String({ description: 'kind of its key, for example ec-p256' }),
    issuer: Type.Object({ id: Id, name: Type.String() }),
    notBefore: Instant,
    notAfter: Instant,
    pem: Pem,
  }),
})
export type Recipient = Static<typeof Recipient>
