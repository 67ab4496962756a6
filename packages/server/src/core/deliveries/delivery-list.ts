import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import type { PersonActor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import { scopeFor } from '../rights/rights.ts'
import { inSlices } from '../slices.ts'
import type { Readers, Work } from '../work.ts'
import type { World } from '../world.ts'
import type { Channels } from './channel.ts'
import type { Deliveries } from './deliveries.ts'
import { isOver, type KeptDelivery } from './delivery.ts'

export interface DeliveryQuery extends PageQuery {
  readonly state?: contract.DeliveryState
}

/** What people see of deliveries, and do about them. */
export interface DeliveryList {
  /** @throws DeskError not_allowed, cursor_invalid */
  list(actor: PersonActor, query: DeliveryQuery): Promise<Page<contract.Delivery>>
  /**
   * Makes one due that was not taken; after it was given up, for as many attempts as before.
   * @throws DeskError not_allowed, not_found, delivery_taken, delivery_over
   */
  resend(actor: PersonActor, number: number): Promise<void>
}

interface Needs {
  readonly work: Work
  readonly world: Pick<World, 'elapsed'>
  readonly acts: Acts
  readonly channels: Channels
  readonly deliver: Deliveries['deliver']
}

export function createDeliveryList({ work, world, acts, channels, deliver }: Needs): DeliveryList {
  return {
    list: async (actor, query) => {
      const scope = scopeFor(actor, 'read_deliveries')
      return inSlices(world, query, (slice) =>
        work.read(async (stores) => {
          const page = mapPage(await stores.deliveries.page(scope, slice), (one) => viewOf(channels, one))
          return { ...page, items: await named(stores, actor.environment, page.items) }
        }),
      )
    },
    resend: async (actor, number) => {
      const target = { kind: 'delivery', id: String(number) } as const
      const audited = { right: 'resend_deliveries', action: 'desk.delivery_resent', target } as const
      await acts.actAs(actor, audited, async (stores, actor, at) => {
        const delivery = await stores.deliveries.find(scopeFor(actor, 'resend_deliveries'), number)
        if (!delivery) return refuse('not_found', { what: 'delivery' })
        if (delivery.state === 'done') refuse('delivery_taken', {})
        if (isOver(delivery, at)) refuse('delivery_over', {})
        await stores.deliveries.sendAgain(delivery)
        const { environment, organisation, channel, what } = delivery
        const { about } = channels[channel].toldIn(what)
        await record(stores, actor, {
          ...{ environment, ...(organisation !== undefined && { organisation }), at },
          ...{ action: audited.action, target, facts: factsOf(about) },
        })
      })
      void deliver() // where this desk tells nobody, another one does in its next round
    },
  }
}

function viewOf(
  channels: Channels,
  { number, channel, what, to, until, at, state, attempts, next, answer }: KeptDelivery,
): contract.Delivery {
  return {
    ...{ number, channel, at, ...channels[channel].toldIn(what), state, attempts },
    ...(to && { to }),
    ...(until !== undefined && { until }),
    ...(state === 'due' && { next }),
    ...(answer && { answer }),
  }
}

/** With what people are called now: that lies in no delivery. */
async function named(
  stores: Readers,
  environment: contract.Environment,
  deliveries: readonly contract.Delivery[],
): Promise<contract.Delivery[]> {
  const ids = deliveries.flatMap(({ about, to }) =>
    [about, to].flatMap((one) => (one?.kind === 'person' ? one.id : [])),
  )
  if (ids.length === 0) return [...deliveries]
  const people = await stores.people.findAll({ environment }, [...new Set(ids)])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const withName = <T extends contract.DeliverySubject | contract.DeliveryAddressee>(one: T): T => {
    const name = one.kind === 'person' ? names.get(one.id) : undefined
    return name === undefined ? one : { ...one, name }
  }
  return deliveries.map((one) => ({ ...one, about: withName(one.about), ...(one.to && { to: withName(one.to) }) }))
}

const factsOf = ({ kind, id, serial }: contract.DeliverySubject): AuditEvent['facts'] => ({
  ...(kind === 'request' && { request: Number(id) }),
  ...(serial !== undefined && { serial }),
})
