import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Instant } from '../world.ts'
import { markOf } from './as-seen.ts'
import { awaits, type Confirmation } from './confirmation.ts'
import { type Confirming, mayConfirm } from './second-administrator.ts'

/** A thing that may wait, with all that is shown of it. */
export interface Shown {
  /** See `markOf`. */
  readonly sight: string
  readonly confirmation?: Confirmation
  readonly askedAt: Instant
  /** What the computer is called that a link adds. */
  readonly adds?: string
}

/** What a list shows of a thing that waits; nothing of one that does not. */
export function awaitingView(
  viewer: PersonActor,
  right: Confirming,
  thing: Shown,
  concerned?: string,
): { readonly awaiting?: contract.Awaiting } {
  if (!awaits(thing)) return {}
  const { askedAt, adds, sight, confirmation } = thing
  return {
    awaiting: {
      ...{ askedBy: confirmation?.asked.name ?? '', askedAt, ...(adds === undefined ? {} : { adds }) },
      mark: markOf(sight),
      mayConfirm: mayConfirm(viewer, right, thing, concerned),
    },
  }
}
