import type { DeliverySubject, Environment } from '@scel/contract/values'
import type { Instant } from '../world.ts'

/** What happened, as it may be told outside: by ids and codes, no name is in it. */
export interface Fact {
  /** `request.approved`, `certificate.revoked` … */
  readonly event: string
  /** The same whoever finds it, and however often. */
  readonly id: string
  readonly at: Instant
  readonly environment: Environment
  readonly organisation?: string
  readonly data: object
}

/** One message that a channel makes of a fact. To whom it goes, where the channel leads to several, it says itself. */
export interface Telling {
  /** Its own on this channel. */
  readonly id: string
  readonly body: string
}

/** What a message says that happened, and to what. */
export interface Told {
  readonly event: string
  readonly about: DeliverySubject
}

/** A way by which somebody outside is told: what is sent of a fact, in its own form, and what such a message says. Who brings it there is a `Carrier`. */
export interface ChannelRules {
  messagesOf(fact: Fact): readonly Telling[]
  /** Of a message that it made: in the message itself, and nowhere besides. */
  toldIn(body: string): Told
}
