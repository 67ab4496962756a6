import type { Core } from '../core/core.ts'
import type { World } from '../core/world.ts'
import { type About, addApi, addMutualApi } from './api/index.ts'
import { type Door, refuseUnknownRoutes } from './http/door/door.ts'
import { type FrameNeeds, frame } from './http/door/frame.ts'
import { makeFailures } from './http/limits/failures.ts'
import { createKnownCallers } from './http/limits/known-callers.ts'
import { makeGuards } from './http/routes/guards.ts'
import { type LiveStreams, makeLiveStreams } from './live/events.ts'
import { addSignIn } from './mutual/sign-in.ts'
import { addCanonicalName } from './portal/canonical-name.ts'
import { addErrorPages } from './portal/error-pages.ts'
import { addOpenApi } from './portal/open-api.ts'
import { addPortal } from './portal/static.ts'
import { addTimeStamps } from './public/time-stamps.ts'

/** What the doors stand on. */
export interface DoorNeeds extends FrameNeeds {
  readonly core: Core
  readonly world: World
  readonly about: About
  /** The built portal. */
  readonly portalFolder: string
}

/** The two doors of people and machines, ready to be listened at. The third one, for everybody, has a thread of its own. */
export interface Doors {
  readonly portal: Door
  readonly mutual: Door
  readonly streams: LiveStreams
  /** Ends what stands behind the doors; the listeners are closed before. */
  close(): Promise<void>
}

/** Builds what stands behind each door. Nothing listens yet. */
export async function makeDoors(needs: DoorNeeds): Promise<Doors> {
  const { core, world, about, requestsPerMinute } = needs
  const known = createKnownCallers(world)
  const guards = makeGuards(core, about.services.portal, known)
  const streams = makeLiveStreams(core.live)
  const api = { ...needs, guards, streams }

  const portal = await frame('portal', { ...needs, known }, { formsTo: about.services.mutual })
  await addOpenApi(portal, about)
  await portal.register(async (inside) => addApi(inside, api))
  addTimeStamps(portal, core) // over TLS as well: an HTTPS page can call nothing over HTTP
  addErrorPages(portal)
  addCanonicalName(portal, about.services.portal)
  await addPortal(portal, needs.portalFolder)

  const mutual = await frame('mutual', { ...needs, known })
  addMutualApi(mutual, api)
  addSignIn(mutual, core, about.services.portal, makeFailures(requestsPerMinute, world))
  refuseUnknownRoutes(mutual)

  await Promise.all([portal.ready(), mutual.ready()])
  const close = async (): Promise<void> => {
    await Promise.all([portal.close(), mutual.close()])
  }
  return { portal, mutual, streams, close }
}
