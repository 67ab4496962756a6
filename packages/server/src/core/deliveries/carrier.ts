import type { DeliveryChannel } from '@scel/contract/values'
import type { Instant } from '../world.ts'
import type { Written } from './channel.ts'

/** A message as it is sent, with its name. */
export interface Parcel extends Written {
  /** The same at every attempt: whoever is told twice knows it by this. */
  readonly id: string
  /** Of this attempt. */
  readonly at: Instant
}

/** Who brings the deliveries of one channel to whom they are for, outside. */
export interface Carrier {
  /** For people. */
  readonly name: string
  /**
   * Taken when it returns.
   * @param ending once it is aborted, nobody waits for an answer any more
   * @returns the status of the receipt
   * @throws NotTaken
   */
  send(parcel: Parcel, ending: AbortSignal): Promise<number>
}

/** Undefined where this desk tells nobody by that channel. */
export type Carriers = Readonly<Record<DeliveryChannel, Carrier | undefined>>

export const tellsNobody = (carriers: Carriers): boolean => Object.values(carriers).every((carrier) => !carrier)
