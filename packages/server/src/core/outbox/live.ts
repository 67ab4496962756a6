import type { LiveEvent } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'

export interface Live {
  /** Events after an id that this person may see, oldest first, at most 500; `last` is where to go on from. */
  after(actor: PersonActor, id: number): Promise<{ events: { id: number; event: LiveEvent }[]; last: number }>
  /** Where a listener begins who has no id yet. */
  latest(): Promise<number>
  /** Told after each unit that may have left events, so that a listener need not poll; answers how to stop. */
  onChange(listener: () => void): () => void
}
