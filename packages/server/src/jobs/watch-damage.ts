import { hasDeskCode } from '@scel/contract/errors'
import type { Logger } from 'pino'
import type { Work } from '../core/work.ts'

/** The same work, which remembers that a damaged page was met: it does not mend by being left alone. */
export interface WatchedWork extends Work {
  /** @throws DeskError storage_damaged, ever after one was met */
  requireSound(): void
}

export function watchDamage(work: Work, log: Logger): WatchedWork {
  let damage: unknown
  const watched = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      if (damage === undefined && hasDeskCode(error, 'storage_damaged')) {
        damage = error
        log.error({ err: error }, 'the database is damaged: stop the desk and restore the backup')
      }
      throw error
    }
  }
  return {
    transaction: (run, order) => watched(() => work.transaction(run, order)),
    read: (run) => watched(() => work.read(run)),
    requireSound: () => {
      if (damage !== undefined) throw damage
    },
  }
}
