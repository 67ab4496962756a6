import type { None } from '../words/none.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface DeliveryErrors {
  delivery_over: None
  delivery_taken: None
  webhook_secret_malformed: { path: string }
}
