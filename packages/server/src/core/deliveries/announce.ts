import type { Environment, ProfileName, RequestState } from '@scel/contract/values'
import type { Stores, Work } from '../work.ts'
import type { Instant } from '../world.ts'

/** What of a request others are told of: how it was decided, and that it ended by itself. */
export type Announced = 'approved' | 'rejected' | 'expired'

export const isAnnounced = (kind: string): kind is Announced => ['approved', 'rejected', 'expired'].includes(kind)

export interface Announcement {
  readonly kind: Announced
  readonly at: Instant
  readonly environment: Environment
  readonly organisation: string
  readonly request: number
  readonly profile: ProfileName
  readonly state: RequestState
}

/** Leaves a delivery in the unit of the fact: both are there, or neither. Who or what it is about is asked of the desk: no name leaves it. */
export function announce(stores: Pick<Stores, 'deliveries'>, announced: Announcement): Promise<void> {
  const { kind, at, environment, organisation, request, profile, state } = announced
  const type = `request.${kind}`
  const id = `${type}.${request}.${Date.parse(at)}`
  const body = JSON.stringify({
    type,
    timestamp: at,
    data: { environment, organisation, request, profile, state },
  })
  return stores.deliveries.append({ id, environment, organisation, request, body, at })
}

/** The same work where nobody is to be told. */
export const quietWork = (work: Work): Work => ({
  read: (run) => work.read(run),
  transaction: (run, order) =>
    work.transaction((stores) => {
      const { deliveries } = stores
      return run({
        ...stores,
        deliveries: {
          append: async () => undefined,
          claim: (lasts, longest) => deliveries.claim(lasts, longest),
          done: (id, answer) => deliveries.done(id, answer),
          postpone: (id, pause, answer) => deliveries.postpone(id, pause, answer),
          giveUp: (id, answer) => deliveries.giveUp(id, answer),
          sendAgain: (id) => deliveries.sendAgain(id),
          page: (scope, query) => deliveries.page(scope, query),
          find: (scope, number) => deliveries.find(scope, number),
          purge: (before) => deliveries.purge(before),
        },
      })
    }, order),
})
