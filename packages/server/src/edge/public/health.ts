import { DeskError, hasDeskCode, refuse } from '@scel/contract/errors'
import type { Door } from '../http/door/door.ts'
import { toProblem } from '../problems.ts'

/** Whether the desk can do its work now. @returns what it does it without @throws when not, with the reason */
export type Readiness = () => Promise<Lacking | undefined>

/** Files of keys of authorities in service that are not here. */
export type Lacking = string

/** `live`: the process answers. `ready`: every part of the desk can do its work; else which one cannot. */
export function addHealth(door: Door, ready: Readiness): void {
  door.get('/health/live', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { ok: true }
  })
  door.get('/health/ready', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      const lacking = await ready()
      if (!lacking) return { ok: true }
      // Anybody reads this: where the folder is, the log says.
      const error = new DeskError('key_files_missing', { path: 'keys', files: lacking })
      const { code, detail, hint } = toProblem(error, request.language ?? 'en')
      return { ok: true, lacking: { code, detail, hint } }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      if (hasDeskCode(error, 'not_ready')) throw error
      return refuse('not_ready', { part: 'database', look: 'failed' }, error)
    }
  })
}
