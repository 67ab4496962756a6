import { type Static, Type } from 'typebox'
import { Id, Instant, Line } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'

export const ServiceState = oneOf(['open', 'closed'])
export type ServiceState = Static<typeof ServiceState>

export const ServiceName = Line(64)

/** A part of an organisation, that grants, kits and requests may be of: it narrows what somebody sees, and widens nothing. */
export const Service = Type.Object({
  id: Id,
  organisation: Id,
  name: ServiceName,
  state: ServiceState,
  createdAt: Instant,
  closedAt: Type.Optional(Instant),
})
export type Service = Static<typeof Service>
