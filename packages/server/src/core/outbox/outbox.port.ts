import type { ProfileName } from '@scel/contract/values'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { LiveKind, OutboxEntry, OutboxEvent } from './live-event.ts'

/**
 * Ids rise in the order in which the events become visible: whoever has read up to one never finds a smaller one later.
 * (A sequence alone does not promise that on PostgreSQL, where commits overtake each other.)
 */
export interface OutboxReader {
  /**
   * Oldest first, those with a greater id. With an organisation in the scope, only that organisation's; with
   * profiles, only what concerns them, and organisations.
   */
  after(
    scope: Scope,
    id: number,
    filter: { kinds?: readonly LiveKind[]; profiles?: readonly ProfileName[]; limit: number },
  ): Promise<OutboxEntry[]>
  /** Whether there are some that nobody sees yet, because a unit that began before them is still under way. */
  waiting(): Promise<boolean>
  /** The greatest id given so far, 0 when none. */
  latest(): Promise<number>
}

export interface OutboxStore extends OutboxReader {
  append(event: OutboxEvent): Promise<void>
  purge(before: Instant): Promise<number>
}
