import type { Logger } from 'pino'

/** Work that comes back by itself. */
export interface Job {
  readonly name: string
  /**
   * Does what is due, and nothing when nothing is; done twice, it does no more than once.
   * @param stopping aborted when the stop waits for it: what takes long leaves the rest
   */
  run(stopping: AbortSignal): Promise<unknown>
}

/** Jobs that run, one after the other, again and again. */
export interface Jobs {
  /** Runs all of them now, or waits for the round under way and runs them after it. Never throws: failures are logged. */
  runNow(): Promise<void>
  /** No other job begins; the one under way is told, and waited for. */
  stop(): Promise<void>
}

const EVERY_MINUTE = 60_000

/**
 * Starts a round of jobs every `period` milliseconds. One at a time, so that they never compete with one another; a
 * job that fails is logged and comes back in the next round, and the others run all the same.
 */
export function startJobs(jobs: readonly Job[], log: Logger, period: number = EVERY_MINUTE): Jobs {
  let round = Promise.resolve()
  let waiting = 0
  const stopping = new AbortController()

  const runAll = async (): Promise<void> => {
    for (const job of jobs) {
      if (stopping.signal.aborted) return
      try {
        await job.run(stopping.signal)
      } catch (error) {
        log.error({ job: job.name, err: error }, 'job failed')
      }
    }
  }
  const runNow = (): Promise<void> => {
    round = round.then(runAll)
    return round
  }
  const timer = setInterval(() => {
    if (waiting > 0) return // a slow round is not followed by a heap of others
    waiting++
    void runNow().finally(() => waiting--)
  }, period)
  timer.unref()

  return {
    runNow,
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      await round
    },
  }
}
