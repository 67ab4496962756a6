import type { DeliveryAddressee, DeliveryChannel, DeliverySubject } from '@scel/contract/values'
import type { Tokens } from '../acting/once.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Message } from './delivery.ts'
import type { Fact } from './fact.ts'

/** One message that a channel makes of a fact: what is to be told, and not the text in which it is. */
export interface Telling {
  /** Its own on this channel, and the same for the same fact: see `idOf`. Two facts that give one id are one message. */
  readonly id: string
  /** Ids and codes, in a form of the channel’s own. No secret, and nothing that may be erased: it lies in the database. */
  readonly what: string
  /** Whom it is for, where the channel leads to several. */
  readonly to?: DeliveryAddressee
  /** From then on it is of no use to anybody, and not sent any more. */
  readonly until?: Instant
}

/** What a message says that happened, and to what. */
export interface Told {
  readonly event: string
  readonly about: DeliverySubject
}

/** What is sent. */
export interface Written {
  readonly body: string
  /** Where it goes, as the channel writes addresses; absent where it leads to one place. */
  readonly address?: string
}

/** What a message is written with, beside what is stored. */
export interface Pen {
  /** Of this attempt. */
  readonly at: Instant
  /** A token in a message is drawn here: of what it opens, the database has a hash. A contact is sent none: nothing vouches for the address. @throws RangeError */
  readonly tokens: Tokens
  /** Where people open the portal, for example `https://pki.example.org:8443`. */
  readonly portal: string
}

/**
 * A way by which somebody outside is told: what is told of a fact and to whom, how that is read, and how it is written down to be sent. Who brings it
 * there is a `Carrier`.
 */
export interface ChannelRules {
  /**
   * Of whatever happens, in its unit: it chooses what concerns it, by what the fact says before it looks anything up. Asked where this desk has
   * a carrier for the channel in the environment of the fact, and nowhere else.
   */
  messagesOf(stores: Readers, fact: Fact): Promise<readonly Telling[]>
  /** Of a message that it made: in what it says, and nowhere besides. */
  toldIn(what: string): Told
  /**
   * The message as it is sent, at each attempt anew, by what is so then.
   * @returns undefined where there is nothing to tell any more
   */
  write(stores: Readers, message: Message, pen: Pen): Promise<Written | undefined>
}

/** Every way by which somebody outside is told of what happens, with its rules. */
export type Channels = Readonly<Record<DeliveryChannel, ChannelRules>>
