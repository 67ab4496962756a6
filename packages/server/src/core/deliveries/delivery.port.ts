import type { DeliveryState } from '@scel/contract/values'
import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Answer, Delivery, DeliveryKey, DeliveryRoute, KeptDelivery, Message } from './delivery.ts'

export interface DeliveryReader {
  /** Newest first; without what somebody else wrote. @throws DeskError cursor_invalid */
  page(scope: Scope, query: PageQuery & { readonly state?: DeliveryState }): Promise<Page<KeptDelivery>>
  find(scope: Scope, number: number): Promise<KeptDelivery | undefined>
}

/** What is to be delivered; when, by the clock of the database alone. */
export interface DeliveryStore extends DeliveryReader {
  /** Once, however often it is told: by its channel and id. */
  append(told: Message): Promise<void>
  /**
   * Of that route. Takes the oldest that was never tried, or else what has been due for longest, and counts the attempt: nobody else takes it before `lasts` is over. One that would wait longer than
   * `longest` was put off before that clock was set back, and is due.
   * @param lasts milliseconds, as `longest`
   */
  claim(route: DeliveryRoute, lasts: number, longest: number): Promise<Delivery | undefined>
  /** Taken by whom it was for. */
  done(one: DeliveryKey, answer: Answer): Promise<void>
  /** @param pause milliseconds until it is due again */
  postpone(one: DeliveryKey, pause: number, answer: Answer): Promise<void>
  giveUp(one: DeliveryKey, answer: Answer): Promise<void>
  /** Due now, unless it is done; after it was given up, as if it had never been tried. */
  sendAgain(one: DeliveryKey): Promise<void>
  purge(before: Instant): Promise<number>
}
