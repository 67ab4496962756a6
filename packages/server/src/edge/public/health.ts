import { hasDeskCode, refuse } from '@scel/contract/errors'
import type { Door } from '../http/door.ts'

/** Whether the desk can do its work now. @throws when not, with the reason */
export type Readiness = () => Promise<void>

/** `live`: the process answers. `ready`: every part of the desk can do its work; else which one cannot. */
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
      if (hasDeskCode(error, 'not_ready')) throw error
      return refuse('not_ready', { part: 'database' }, error)
    }
    return { ok: true }
  })
}
