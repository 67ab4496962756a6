import { refuse } from '@scel/contract/errors'
import type { Logger } from 'pino'
import type { Work } from '../core/work.ts'
import type { Job } from './jobs.ts'

/** A database that a newer program has migrated: its version, and the last that this one knows. */
export interface Newer {
  readonly found: number
  readonly known: number
}

/** The same work, which changes nothing once a newer desk has migrated the database under this one. */
export interface KnownWork extends Work {
  /** Asks the database for its version, and tells the operator when it is a newer one. @throws as a store does */
  look(): Promise<void>
  /** @throws DeskError database_newer, when it was a newer one at the last look */
  requireKnown(): void
  /** Jobs that rest meanwhile. */
  unlessNewer(jobs: readonly Job[]): Job[]
}

/**
 * A start compares versions, and refuses. Under a desk that runs, what the newer one relies on would be left out of every row that
 * this one writes: so it is asked for again, and again.
 */
export function watchVersion(
  work: Work & { newer(): Promise<Newer | undefined> },
  log: Pick<Logger, 'error' | 'warn'>,
): KnownWork {
  let newer: Newer | undefined
  const look = async (): Promise<void> => {
    const before = newer
    newer = await work.newer()
    if (newer && !before) {
      log.error(
        { ...newer },
        'a newer version of the desk has migrated the database: nothing is changed any more. Stop this desk, and start the new version',
      )
    }
    if (before && !newer) log.warn('the database is of a version that this desk knows again')
  }
  const known = (): void => {
    if (newer) refuse('database_newer', { ...newer })
  }
  return {
    read: (run) => work.read(run),
    transaction: async (run, order) => {
      known()
      return work.transaction(run, order)
    },
    look,
    requireKnown: known,
    unlessNewer: (jobs) =>
      jobs.map(({ name, run }) => ({ name, run: async (stopping) => (newer ? undefined : run(stopping)) })),
  }
}
