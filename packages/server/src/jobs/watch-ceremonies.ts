import type { Logger } from 'pino'
import type { Core } from '../core/core.ts'
import { nowOf, type World } from '../core/world.ts'

/** Tells the log what waits for a ceremony: when that changes, and once a day. */
export function watchCeremonies(
  { ceremonies }: Pick<Core, 'ceremonies'>,
  world: World,
  log: Pick<Logger, 'warn' | 'error' | 'info'>,
): () => Promise<void> {
  let told = ''
  return async () => {
    const due = await ceremonies.due()
    const now = nowOf(world)
    const key = due.length === 0 ? '' : JSON.stringify([now.slice(0, 10), due])
    if (key === told) return
    told = key
    if (due.length === 0) return log.info('no ceremony is due any more')
    const over = due.some(({ until }) => until !== undefined && until <= now)
    const words = over
      ? 'a ceremony is overdue: what the root signed has ended. Run scel-desk ceremony'
      : 'a ceremony is due: only the root can do this. Run scel-desk ceremony'
    log[over ? 'error' : 'warn']({ due }, words)
  }
}
