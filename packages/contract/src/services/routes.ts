import { Type } from 'typebox'
import { Id } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { Service, ServiceName } from './values.ts'

const OF_ORGANISATION = Type.Object({ id: Id })
const ONE = Type.Object({ id: Id, service: Id })

/** Open ones first, each by name. Whoever has grants for services of the organisation alone sees those. */
export const listServices = route({
  method: 'GET',
  path: '/api/organisations/:id/services',
  summary: 'Services of an organisation',
  tag: 'organisations',
  access: person('read_organisations'),
  params: OF_ORGANISATION,
  output: Type.Object({ items: Type.Array(Service) }),
})

export const makeService = route({
  method: 'POST',
  path: '/api/organisations/:id/services',
  summary: 'Make a service of an organisation',
  once: true,
  tag: 'organisations',
  access: person('keep_services'),
  params: OF_ORGANISATION,
  body: Type.Object({ name: ServiceName }),
  output: Service,
})

export const renameService = route({
  method: 'POST',
  path: '/api/organisations/:id/services/:service/rename',
  summary: 'Call a service something else',
  tag: 'organisations',
  access: person('keep_services'),
  params: ONE,
  body: Type.Object({ name: ServiceName }),
  output: Service,
})

/** For good: grants for it end, its kits are withdrawn, nothing new is made for it. What was certified stays, and is the organisation’s to manage. */
export const closeService = route({
  method: 'POST',
  path: '/api/organisations/:id/services/:service/close',
  summary: 'Close a service',
  tag: 'organisations',
  access: person('keep_services'),
  params: ONE,
  output: Service,
})
