import { refuse } from '@scel/contract/errors'
import type { Organisation } from '../organisations/organisation.ts'
import { reaches, type Scope } from '../scope.ts'
import type { Readers } from '../work.ts'
import type { Service } from './service.ts'

/** Where something new is to be: an organisation, or a service of it that is open. */
export interface OpenPlace {
  readonly organisation: Organisation
  readonly service?: Service
}

/** Ids, as somebody names them. */
export interface PlaceWish {
  readonly organisation: string
  readonly service?: string
}

/**
 * The place that is named, where the scope reaches all of it: who is granted for services alone names one of them.
 * @throws DeskError not_found, service_closed
 */
export async function openPlace(
  stores: Pick<Readers, 'organisations' | 'services'>,
  scope: Scope,
  wish: PlaceWish,
): Promise<OpenPlace> {
  const organisation =
    (await stores.organisations.find(scope, wish.organisation)) ?? refuse('not_found', { what: 'organisation' })
  const at = { environment: scope.environment, organisation: organisation.id }
  if (wish.service === undefined) {
    return reaches(scope, at) ? { organisation } : refuse('not_found', { what: 'organisation' })
  }
  const service = await stores.services.find(scope, wish.service)
  if (service?.organisation !== organisation.id) return refuse('not_found', { what: 'service' })
  if (service.closedAt !== undefined) refuse('service_closed', { name: service.name })
  return { organisation, service }
}
