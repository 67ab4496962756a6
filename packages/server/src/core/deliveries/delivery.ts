import type {
  DeliveryAddressee,
  DeliveryAnswerKind,
  DeliveryChannel,
  DeliveryState,
  Environment,
} from '@scel/contract/values'
import { HOUR, type Instant, MINUTE } from '../world.ts'

/** Something that somebody outside is told of. */
export interface Message {
  readonly channel: DeliveryChannel
  /** Its own on that channel, and the same at every attempt: whoever is told twice knows it by this. */
  readonly id: string
  readonly environment: Environment
  readonly organisation?: string
  /** What is to be told, as its channel wrote it and reads it; see `Telling`. */
  readonly what: string
  /** Whom it is for, where its channel leads to several. */
  readonly to?: DeliveryAddressee
  /** From then on it is not sent any more. */
  readonly until?: Instant
  readonly at: Instant
}

/** What one is known by. */
export type DeliveryKey = Pick<Message, 'channel' | 'id'>

/** What is sent one after the other: whoever is away on one keeps nothing of another back. */
export type DeliveryRoute = Pick<Message, 'channel' | 'environment'>

/** One that is on its way. */
export interface Delivery extends Message {
  /** This one included. */
  readonly attempts: number
}

/** How an attempt ended. */
export interface Answer {
  readonly kind: DeliveryAnswerKind
  readonly at: Instant
  /** Of HTTP, or of another protocol whose statuses are numbers; where there was one. */
  readonly status?: number
}

/** One as it stands. */
export interface KeptDelivery extends Delivery {
  readonly number: number
  readonly state: DeliveryState
  /** While it is due: by the clock of the database. */
  readonly next: Instant
  /** To the last attempt that ended. */
  readonly answer?: Answer
}

/** Milliseconds until the next attempt after so many: a minute, then twice as long each time, an hour at most. */
export const pauseAfter = (attempts: number): number => Math.min(LONGEST_PAUSE, MINUTE * 2 ** (attempts - 1))

export const LONGEST_PAUSE: number = HOUR

/** Attempts that are made, in three days where nothing else is in the way. They are counted, since a clock that leaps must not end what was hardly tried. */
export const MOST_ATTEMPTS = 78

/** Whether its time is over: whoever is told now has nothing of it. */
export const isOver = ({ until }: Pick<Message, 'until'>, now: Instant): boolean => until !== undefined && until <= now
