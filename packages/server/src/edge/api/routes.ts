import * as contract from '@scel/contract/routes'
import { ENVIRONMENTS } from '@scel/contract/values'
import type { Core } from '../../core/core.ts'
import { STAMP_POLICY } from '../../core/timestamps/time-stamps.ts'
import type { World } from '../../core/world.ts'
import type { Door } from '../http/door/door.ts'
import { makeFailures } from '../http/limits/failures.ts'
import type { Guards } from '../http/routes/guards.ts'
import { type Handler, register } from '../http/routes/register.ts'
import type { LiveStreams } from '../live/events.ts'
import { mutualHandlers } from '../mutual/whoami.ts'
import { TIME_STAMP_PATHS } from '../public/time-stamps.ts'
import type { About } from './about.ts'
import { certificateHandlers } from './certificates.ts'
import { credentialHandlers } from './credentials.ts'
import { deliveryHandlers } from './deliveries.ts'
import { directoryHandlers } from './directory.ts'
import { enrolmentHandlers } from './enrolment.ts'
import type { Handlers, RouteName } from './handlers.ts'
import { organisationHandlers } from './organisations.ts'
import { peopleHandlers } from './people.ts'
import { requestHandlers } from './requests.ts'
import { sessionHandlers } from './sessions.ts'

/** What the API stands on. */
export interface ApiNeeds {
  readonly core: Core
  readonly world: World
  readonly guards: Guards
  readonly about: About
  readonly streams: LiveStreams
  readonly requestsPerMinute: number
}

/** Every route of the contract. Each stands behind the door its access belongs to. */
function handlersOf({ core, world, about, streams }: ApiNeeds): Handlers {
  return {
    ...sessionHandlers(core),
    ...credentialHandlers(core, about),
    ...peopleHandlers(core, about),
    ...organisationHandlers(core, about),
    ...enrolmentHandlers(core),
    ...requestHandlers(core),
    ...certificateHandlers(core),
    ...directoryHandlers(core),
    ...deliveryHandlers(core),
    ...mutualHandlers(world),
    describeDesk: async () => ({
      name: about.name,
      version: about.version,
      id: await core.deskId(),
      now: world.now().toISOString(),
      services: { ...about.services },
      roots: await core.authorities.roots(),
      ...(core.highWater.older && { restored: { since: core.highWater.older.since } }),
      timeStamps: ENVIRONMENTS.map((environment) => ({
        environment,
        address: `${about.services.public}${TIME_STAMP_PATHS[environment]}`,
        policy: STAMP_POLICY,
      })),
    }),
    deskStatement: () => core.statements.current(about),
    liveEvents: async ({ actor, request, reply }) =>
      streams.open({
        actor,
        request,
        reply,
        lives: () => core.sessions.standing(actor),
      }),
  }
}

/** Puts the routes behind the portal's door: everything but what needs a client certificate. */
export function addApi(door: Door, needs: ApiNeeds): void {
  add(door, needs, (route) => route.access.kind !== 'certificate')
}

/** Puts the routes behind the mutual-TLS door: what needs a client certificate, and nothing else. */
export function addMutualApi(door: Door, needs: ApiNeeds): void {
  add(door, needs, (route) => route.access.kind === 'certificate')
}

const ROUTES: Readonly<Record<RouteName, contract.Route>> = contract

function add(door: Door, needs: ApiNeeds, belongs: (route: contract.Route) => boolean): void {
  const handlers = handlersOf(needs)
  const failures = makeFailures(needs.requestsPerMinute, needs.world)
  for (const name of Object.keys(handlers) as RouteName[]) {
    const route = ROUTES[name]
    if (!belongs(route)) continue
    // The table above ties each name to its own handler; a loop over it cannot say so.
    register(door, needs.guards, route, handlers[name] as unknown as Handler<contract.Route>, failures)
  }
}
