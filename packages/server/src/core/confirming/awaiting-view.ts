import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { awaits, type Confirmation } from './confirmation.ts'
import { type Confirming, mayConfirm } from './second-administrator.ts'

/** What a list shows of a thing that waits; nothing of one that does not. */
export const awaitingView = (
  viewer: PersonActor,
  right: Confirming,
  thing: { readonly confirmation?: Confirmation },
  concerned?: string,
): { readonly awaiting?: contract.Awaiting } =>
  awaits(thing)
    ? {
        awaiting: {
          askedBy: thing.confirmation?.asked.name ?? '',
          mayConfirm: mayConfirm(viewer, right, thing, concerned),
        },
      }
    : {}
