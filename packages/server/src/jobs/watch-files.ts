import { hasDeskCode } from '@scel/contract/errors'
import type { Logger } from 'pino'
import type { Work } from '../core/work.ts'

/** The same work, which tells the operator once of files of the database that are not where they were opened, and when they are there again. */
export function watchFiles(work: Work, log: Pick<Logger, 'error' | 'warn'>): Work {
  let areMoved = false
  return {
    read: (run) => work.read(run),
    transaction: async (run, order) => {
      try {
        const value = await work.transaction(run, order)
        if (areMoved) log.warn('the files of the database are where they were opened again')
        areMoved = false
        return value
      } catch (err) {
        if (hasDeskCode(err, 'storage_moved')) {
          if (!areMoved) log.error({ err }, MOVED)
          areMoved = true
        }
        throw err
      }
    },
  }
}

const MOVED =
  'a file of the database was moved, removed or replaced under this desk: nothing is changed any more. Put back what was moved; where the -wal or -shm was removed, stop the desk (SIGTERM), which writes what they held into the database'
