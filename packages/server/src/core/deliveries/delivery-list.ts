import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import type { PersonActor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import { scopeFor } from '../rights/rights.ts'
import { inSlices } from '../slices.ts'
import type { Work } from '../work.ts'
import type { World } from '../world.ts'
import { CHANNELS } from './channels.ts'
import type { Deliveries } from './deliveries.ts'
import type { KeptDelivery } from './delivery.ts'

export interface DeliveryQuery extends PageQuery {
  readonly state?: contract.DeliveryState
}

/** What people see of deliveries, and do about them. */
export interface DeliveryList {
  /** @throws DeskError not_allowed, cursor_invalid */
  list(actor: PersonActor, query: DeliveryQuery): Promise<Page<contract.Delivery>>
  /**
   * Makes one due that was not taken; after it was given up, for as many attempts as before.
   * @throws DeskError not_allowed, not_found, delivery_taken
   */
  resend(actor: PersonActor, number: number): Promise<void>
}

interface Needs {
  readonly work: Work
  readonly world: Pick<World, 'elapsed'>
  readonly acts: Acts
  readonly deliver: Deliveries['deliver']
}

export function createDeliveryList({ work, world, acts, deliver }: Needs): DeliveryList {
  return {
    list: async (actor, query) => {
      const scope = scopeFor(actor, 'read_deliveries')
      const page = await inSlices(world, query, (slice) => work.read(({ deliveries }) => deliveries.page(scope, slice)))
      return mapPage(page, viewOf)
    },
    resend: async (actor, number) => {
      const target = { kind: 'delivery', id: String(number) }
      const audited = { right: 'resend_deliveries', action: 'desk.delivery_resent', target } as const
      await acts.actAs(actor, audited, async (stores, actor, at) => {
        const delivery = await stores.deliveries.find(scopeFor(actor, 'resend_deliveries'), number)
        if (!delivery) return refuse('not_found', { what: 'delivery' })
        if (delivery.state === 'done') refuse('delivery_taken', {})
        await stores.deliveries.sendAgain(delivery)
        const { environment, organisation, channel, body } = delivery
        const { about } = CHANNELS[channel].toldIn(body)
        await record(stores, actor, {
          ...{ environment, ...(organisation !== undefined && { organisation }), at },
          ...{ action: audited.action, target, facts: factsOf(about) },
        })
      })
      void deliver() // where this desk tells nobody, another one does in its next round
    },
  }
}

const viewOf = ({ number, channel, body, at, state, attempts, next, answer }: KeptDelivery): contract.Delivery => ({
  ...{ number, channel, at, ...CHANNELS[channel].toldIn(body), state, attempts },
  ...(state === 'due' && { next }),
  ...(answer && { answer }),
})

const factsOf = ({ kind, id, serial }: contract.DeliverySubject): AuditEvent['facts'] =>
  kind === 'request' ? { request: Number(id) } : { ...(serial !== undefined && { serial }) }
