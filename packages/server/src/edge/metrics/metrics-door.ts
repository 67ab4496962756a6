import { refuse } from '@scel/contract/errors'
import type { Logger } from 'pino'
import type { World } from '../../core/world.ts'
import { listen } from '../http/connections/listener.ts'
import { type Door, makeDoor, refuseUnknownRoutes } from '../http/door/door.ts'
import { addSecurityHeaders } from '../http/door/security-headers.ts'
import { limitCalls } from '../http/limits/rate-limit.ts'
import type { Metrics } from './metrics.ts'

/**
 * The door of `/metrics`, on a port of its own that this machine alone reaches: what stands there tells how busy whom is, and
 * at another door a relay on this machine would show it to everybody. Only who calls it by a name of this machine is
 * answered, so that no page in a browser here can make a name of its own lead to it (DNS rebinding).
 *
 * @throws Error of the system when the port cannot be had
 */
export async function openMetricsDoor(
  metrics: Pick<Metrics, 'page'>,
  port: number,
  log: Logger,
  world: Pick<World, 'elapsed'>,
): Promise<{ close(grace: number): Promise<void> }> {
  const door = await makeMetricsDoor(metrics, log, world)
  const listener = await listen({ routing: door.routing, log: door.log, hosts: ['localhost'], port })
  return {
    close: async (grace) => {
      await listener.close(grace)
      await door.close()
    },
  }
}

async function makeMetricsDoor(
  metrics: Pick<Metrics, 'page'>,
  log: Logger,
  world: Pick<World, 'elapsed'>,
): Promise<Door> {
  const door = makeDoor('metrics', log)
  await addSecurityHeaders(door, {})
  await limitCalls(door, CALLS_PER_MINUTE, world)
  door.get('/metrics', async (request, reply) => {
    if (!OWN_NAME.test(request.headers.host ?? ''))
      refuse('route_unknown', { method: request.method, path: '/metrics' })
    const { type, text } = await metrics.page()
    return reply.type(type).send(text)
  })
  refuseUnknownRoutes(door)
  await door.ready()
  return door
}

const OWN_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?$/i
/** A collector asks every few seconds. */
const CALLS_PER_MINUTE = 600
