import type { Logger } from 'pino'
import type { Core } from '../core/core.ts'
import type { World } from '../core/world.ts'
import { type About, addApi, addMutualApi } from './api/index.ts'
import { type Door, makeDoor, refuseUnknownRoutes } from './http/door.ts'
import { makeGuards } from './http/guards.ts'
import { guarded, limitCalls } from './http/rate-limit.ts'
import { addSecurityHeaders } from './http/security-headers.ts'
import { type LiveStreams, makeLiveStreams } from './live/events.ts'
import { addSignIn } from './mutual/sign-in.ts'
import { addCanonicalName } from './portal/canonical-name.ts'
import { addErrorPages } from './portal/error-pages.ts'
import { addOpenApi } from './portal/open-api.ts'
import { addPortal } from './portal/static.ts'
import { addHealth, type Readiness } from './public/health.ts'
import { addMetrics, makeMetrics } from './public/metrics.ts'
import { addOcsp } from './public/ocsp.ts'
import { addRevocationFiles } from './public/revocation-files.ts'
import { addTimeStamps } from './public/time-stamps.ts'

/** What the doors stand on. */
export interface DoorNeeds {
  readonly core: Core
  readonly world: World
  readonly about: About
  readonly ready: Readiness
  readonly log: Logger
  readonly requestsPerMinute: number
  /** The built portal. */
  readonly portalFolder: string
}

/** The three doors of the desk, ready to be listened at. */
export interface Doors {
  readonly portal: Door
  readonly mutual: Door
  readonly public: Door
  readonly streams: LiveStreams
  /** Ends what stands behind the doors; the listeners are closed before. */
  close(): Promise<void>
}

/** Builds what stands behind each door. Nothing listens yet. */
export async function makeDoors(needs: DoorNeeds): Promise<Doors> {
  const { core, about, log, requestsPerMinute } = needs
  const guards = makeGuards(core, about.services.portal)
  const streams = makeLiveStreams(core.live)
  const metrics = makeMetrics()
  const api = { ...needs, guards, streams }

  const portal = await frame('portal', { formsTo: about.services.mutual })
  await addOpenApi(portal, about)
  await portal.register(async (inside) => addApi(inside, api))
  addTimeStamps(portal, core) // over TLS as well: an HTTPS page can call nothing over HTTP
  addErrorPages(portal)
  addCanonicalName(portal, about.services.portal)
  await addPortal(portal, needs.portalFolder)

  const mutual = await frame('mutual', {})
  addMutualApi(mutual, api)
  addSignIn(mutual, core, about.services.portal, guarded(requestsPerMinute))
  refuseUnknownRoutes(mutual)

  const open = await frame('public', {})
  addRevocationFiles(open, core)
  addOcsp(open, core, needs.world)
  addTimeStamps(open, core)
  addHealth(open, needs.ready)
  addMetrics(open, metrics)
  refuseUnknownRoutes(open)

  await Promise.all([portal.ready(), mutual.ready(), open.ready()])
  const close = async (): Promise<void> => {
    await Promise.all([portal.close(), mutual.close(), open.close()])
    metrics.stop()
  }
  return { portal, mutual, public: open, streams, close }

  async function frame(name: string, headers: Parameters<typeof addSecurityHeaders>[1]): Promise<Door> {
    const door = makeDoor(name, log)
    metrics.watch(door, name)
    await addSecurityHeaders(door, headers)
    await limitCalls(door, requestsPerMinute)
    return door
  }
}
