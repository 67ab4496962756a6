import type { Instant } from '../world.ts'
import type { Delivery, Told } from './delivery.ts'

/** What is to be delivered; when, by the clock of the database alone. */
export interface DeliveryStore {
  append(told: Told): Promise<void>
  /**
   * Takes the oldest that is due, and counts the attempt: nobody else takes it before `lasts` is over. One that would wait longer than
   * `longest` was put off before that clock was set back, and is due.
   * @param lasts milliseconds, as `longest`
   */
  claim(lasts: number, longest: number): Promise<Delivery | undefined>
  /** Taken by whom it was for. */
  done(id: string): Promise<void>
  /** @param pause milliseconds until it is due again */
  postpone(id: string, pause: number): Promise<void>
  giveUp(id: string): Promise<void>
  purge(before: Instant): Promise<number>
}
