import type { Logger } from 'pino'
import type { Core } from '../core/core.ts'
import type { Older } from '../core/high-water/high-water.ts'
import type { Job } from './jobs.ts'
import { lower, type MarkSignal, makeMarkSignal, raise } from './mark-signal.ts'

/** Tells when the database is an older copy than the desk remembers. */
export interface MarkWatch {
  readonly look: () => Promise<void>
  readonly seen: () => boolean
  /** @throws Error while it is one */
  requireNewest(): void
  /** The same for other threads. */
  readonly signal: MarkSignal
  /** Jobs that rest meanwhile. */
  unlessSeen(jobs: readonly Job[]): Job[]
}

export function watchMark({ highWater }: Pick<Core, 'highWater'>, log: Pick<Logger, 'error' | 'warn'>): MarkWatch {
  const signal = makeMarkSignal()
  const seen = (): boolean => highWater.older !== undefined
  const tell = (older: Older): void => {
    log.error({ older }, 'the database is an older copy, or its log was cut: nothing is changed until it is accepted')
  }
  highWater.onNoticed((older) => {
    raise(signal)
    tell(older)
  })
  return {
    signal,
    seen,
    requireNewest: () => {
      if (seen()) throw new Error('the database is an older copy, or its log was cut')
    },
    look: async () => {
      const before = seen()
      await highWater.look()
      const { older } = highWater // as it is by now: a connection may have been met meanwhile
      const { newcomer } = highWater
      if (newcomer !== undefined) {
        log.warn(
          { newcomer },
          'this folder of keys has no mark yet, and another desk of this database has: from now on this one compares too',
        )
      }
      if (older) raise(signal)
      else lower(signal)
      if (older && !before) tell(older)
      if (before && !older) log.warn('the database reaches what the desk remembers again')
    },
    unlessSeen: (jobs) =>
      jobs.map(({ name, run }) => ({ name, run: async (stopping) => (seen() ? undefined : run(stopping)) })),
  }
}
