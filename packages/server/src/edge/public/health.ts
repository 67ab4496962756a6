import { refuse } from '@scel/contract/errors'
import type { Door } from '../http/door.ts'

/** Whether the desk can do its work now. @throws when not, with the reason */
export type Readiness = () => Promise<void>

/** `live`: the process answers. `ready`: the database answers and the authorities can be read. */
export function addHealth(door: Door, ready: Readiness): void {
  door.get('/health/live', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { ok: true }
  })
  door.get('/health/ready', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await ready()
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return refuse('storage_unavailable', {}, error)
    }
    return { ok: true }
  })
}
