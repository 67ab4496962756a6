import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import type { Draws } from '../acting/once.ts'
import type { PersonActor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { SEVERAL } from '../audit/refusals.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { scopeFor } from '../rights/rights.ts'
import { reaches } from '../scope.ts'
import type { Readers, Stores, Work } from '../work.ts'
import type { Instant } from '../world.ts'
import { MOST_SERVICES } from './service.port.ts'
import type { Service } from './service.ts'

export interface Services {
  /** Open ones first, each by name: those that the caller sees. @throws DeskError not_found */
  list(actor: PersonActor, organisation: string): Promise<{ items: contract.Service[] }>
  /**
   * @param once see `Draws`: the same wish under the same key answers the same service
   * @throws DeskError not_allowed, not_found, service_name_taken, services_too_many
   */
  make(actor: PersonActor, organisation: string, name: string, once?: string): Promise<contract.Service>
  /** @throws DeskError not_allowed, not_found, service_name_taken */
  rename(actor: PersonActor, organisation: string, id: string, name: string): Promise<contract.Service>
  /**
   * For good: grants for it end, its kits are withdrawn, nothing new is made for it and nothing approved. What was certified stays, and is
   * the organisation's to manage. Done twice, it changes nothing.
   * @throws DeskError not_allowed, not_found
   */
  close(actor: PersonActor, organisation: string, id: string): Promise<contract.Service>
}

/** What follows in another feature when a service is closed, in the same unit; handed in from above. */
export type ServiceClosed = (stores: Stores, actor: PersonActor, service: Service, at: Instant) => Promise<void>

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly draws: Draws
  readonly closed: ServiceClosed
}

export function createServices({ work, acts, draws, closed }: Needs): Services {
  return {
    list: (actor, organisation) =>
      work.read(async (stores) => {
        const scope = scopeFor(actor, 'read_organisations')
        if (!(await stores.organisations.find(scope, organisation))) refuse('not_found', { what: 'organisation' })
        return { items: (await stores.services.of(scope, organisation)).map(viewOf) }
      }),

    make: (actor, organisation, given, once) => {
      const name = given.trim()
      const draw = draws(actor, 'service.make', { organisation, name }, once)
      const target = { kind: 'service', id: SEVERAL, name } as const
      const audited = { right: 'keep_services', action: 'service.made', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const scope = scopeFor(actor, 'keep_services')
        const of = await whole(stores, actor, organisation)
        const before = await stores.services.find(scope, draw.id)
        if (before) return viewOf(before)
        const open = (await stores.services.of(scope, organisation)).filter(({ closedAt }) => closedAt === undefined)
        if (open.length >= MOST_SERVICES) {
          refuse('services_too_many', { most: MOST_SERVICES })
        }
        await requireFree(stores, of, name)
        const service: Service = { id: draw.id, environment: actor.environment, organisation, name, createdAt: at }
        await stores.services.insert(service)
        await recordService(stores, actor, service, 'service.made', at)
        return viewOf(service)
      })
    },

    rename: (actor, organisation, id, given) => {
      const name = given.trim()
      const target = { kind: 'service', id } as const
      const audited = { right: 'keep_services', action: 'service.renamed', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const of = await whole(stores, actor, organisation)
        const before = await found(stores, actor, organisation, id)
        if (before.name === name) return viewOf(before)
        await requireFree(stores, of, name, id)
        await stores.services.rename(scopeFor(actor, 'keep_services'), id, name)
        const service = { ...before, name }
        await recordService(stores, actor, service, 'service.renamed', at, { before: before.name })
        return viewOf(service)
      })
    },

    close: (actor, organisation, id) => {
      const target = { kind: 'service', id } as const
      const audited = { right: 'keep_services', action: 'service.closed', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        await whole(stores, actor, organisation)
        const before = await found(stores, actor, organisation, id)
        if (before.closedAt !== undefined) return viewOf(before)
        await stores.services.close(scopeFor(actor, 'keep_services'), id, at)
        const service = { ...before, closedAt: at }
        await recordService(stores, actor, service, 'service.closed', at)
        await closed(stores, actor, service, at)
        return viewOf(service)
      })
    },
  }
}

/** The organisation, for whoever has the right for all of it: services are kept by nobody who is granted for one of them. */
async function whole(stores: Readers, actor: PersonActor, id: string): Promise<Organisation> {
  const scope = scopeFor(actor, 'keep_services')
  const organisation = await stores.organisations.find(scope, id)
  const reached = organisation && reaches(scope, { environment: organisation.environment, organisation: id })
  return reached ? organisation : refuse('not_found', { what: 'organisation' })
}

async function found(stores: Readers, actor: PersonActor, organisation: string, id: string): Promise<Service> {
  const service = await stores.services.find(scopeFor(actor, 'keep_services'), id)
  return service?.organisation === organisation ? service : refuse('not_found', { what: 'service' })
}

/** @param own of the service that is to be called so, whose own name is free for it */
async function requireFree(
  stores: Readers,
  { environment, id }: Organisation,
  name: string,
  own?: string,
): Promise<void> {
  const other = await stores.services.findByName({ environment }, id, name)
  if (other && other.id !== own) refuse('service_name_taken', { name })
}

async function recordService(
  stores: Stores,
  actor: PersonActor,
  { environment, organisation, id, name }: Service,
  action: contract.AuditAction,
  at: Instant,
  facts: AuditEvent['facts'] = {},
): Promise<void> {
  const place = { environment, organisation }
  await record(stores, actor, { ...place, at, action, target: { kind: 'service', id, name }, facts })
  await stores.outbox.append({ ...place, kind: 'organisation', target: organisation, at })
}

const viewOf = ({ environment: _, ...service }: Service): contract.Service => ({
  ...service,
  state: service.closedAt === undefined ? 'open' : 'closed',
})
