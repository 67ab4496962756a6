import { type Static, Type } from 'typebox'
import { Instant } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'

/** By what somebody outside is told: each has its own form, and its own deliveries. */
export const DeliveryChannel = oneOf(['webhook'])
export type DeliveryChannel = Static<typeof DeliveryChannel>

/** `due`: until it is taken; `done`: it was; `given-up`: it was not, however often it was tried. */
export const DeliveryState = oneOf(['due', 'done', 'given-up'])
export type DeliveryState = Static<typeof DeliveryState>

/**
 * How an attempt ended. `taken`: with a receipt; `refused`: with another status; `rejected`: with one that means for good, so that no other is made; `late`: not in time; `unanswered`: the connection was ended;
 * `garbled`: with no HTTP; `untrusted`: the certificate is not believed; `unreachable`: there was no connection; `forbidden`: the
 * address is none that the desk calls; `stopped`: the desk ended meanwhile.
 * And why there was none: `over`: the message had been of no use for some time; `needless`: there was nothing to tell any more; `unwritten`: the desk could not write it.
 */
export const DeliveryAnswerKind = oneOf([
  ...['taken', 'refused', 'rejected', 'late', 'unanswered', 'garbled'],
  ...['untrusted', 'unreachable', 'forbidden', 'stopped', 'over', 'needless', 'unwritten'],
] as const)
export type DeliveryAnswerKind = Static<typeof DeliveryAnswerKind>

/** What a message is about. */
export const DeliverySubject = Type.Object({
  kind: oneOf(['request', 'certificate', 'person']),
  id: Type.String({ description: 'of a request, its number' }),
  name: Type.Optional(Type.String({ description: 'of a person, as they are called now' })),
  serial: Type.Optional(Type.String({ description: 'of a certificate, hex' })),
  days: Type.Optional(Type.Integer({ description: 'until it ends' })),
})
export type DeliverySubject = Static<typeof DeliverySubject>

/**
 * Whom a message is for, where its channel leads to several. `person`: somebody who signs in; `contact`: whoever a request names to be written to,
 * by its number.
 */
export const DeliveryAddressee = Type.Object({
  kind: oneOf(['person', 'contact']),
  id: Type.String({ description: 'of a contact, the number of the request' }),
  name: Type.Optional(Type.String({ description: 'of a person, as they are called now' })),
})
export type DeliveryAddressee = Static<typeof DeliveryAddressee>

/** What somebody outside is told of, until they take it. */
export const Delivery = Type.Object({
  number: Type.Integer(),
  channel: DeliveryChannel,
  at: Instant,
  event: Type.String({ description: 'what they are told, for example request.approved' }),
  about: DeliverySubject,
  to: Type.Optional(DeliveryAddressee),
  until: Type.Optional(Instant),
  state: DeliveryState,
  attempts: Type.Integer(),
  next: Type.Optional(Instant),
  answer: Type.Optional(
    Type.Object({
      kind: DeliveryAnswerKind,
      at: Instant,
      status: Type.Optional(Type.Integer({ description: 'of HTTP, or of the protocol of the channel' })),
    }),
  ),
})
export type Delivery = Static<typeof Delivery>
