import type { DeliveryChannel, Environment } from '@scel/contract/values'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Written } from './channel.ts'

/** A message as it is sent, with its name. */
export interface Parcel extends Written {
  /** The same at every attempt: whoever is told twice knows it by this. */
  readonly id: string
  readonly environment: Environment
  /** Of this attempt. */
  readonly at: Instant
}

/** Who brings deliveries of one channel to whom they are for, outside. */
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

/**
 * Whether anybody is told in that environment now, and by whom: asked of each fact, in its unit, and of each message, in the unit that takes it to be
 * sent. Where people change that while the desk runs, it is what the database says in that unit. Faults of storage alone are thrown: they undo what was
 * to be told. Whoever cannot use their settings is there, and takes nothing.
 */
export type CarrierIn = (environment: Environment, stores: Readers) => Promise<Carrier | undefined>

/** One for all environments. */
export const everywhere =
  (carrier: Carrier): CarrierIn =>
  async () =>
    carrier

/** Undefined where this desk tells nobody by that channel, in any environment, as long as it runs. */
export type Carriers = Readonly<Record<DeliveryChannel, CarrierIn | undefined>>

export const tellsNobody = (carriers: Carriers): boolean => Object.values(carriers).every((carrier) => !carrier)
