import type { Logger } from 'pino'
import type { Clock, ClockSeen } from '../core/clock/clock.ts'

/** The clock as the jobs and the readiness of the desk take it. */
export interface ClockWatch {
  /** Looks, and tells the operator what is odd. @throws as a store does */
  look(): Promise<ClockSeen>
  /** @throws Error with both times while the clock is, or was lately, behind the log */
  requireRight(): void
  /** Whether what ends for good by the clock may end now: not after a leap, and not without a look. */
  mayEnd(): boolean
}

export function watchClock({ clock }: { readonly clock: Clock }, log: Logger): ClockWatch {
  let seen: ClockSeen | undefined
  let told = ''
  return {
    look: async () => {
      seen = undefined
      const looked = await clock.look()
      const { now, behind, leapt } = looked
      if (behind) log.error({ clock: now, log: behind.seen }, 'the clock is behind the newest line of the log')
      if (leapt && told !== leapt.until) {
        const held = 'the clock leapt forward, or the desk was off: nothing expires for a day'
        log.warn({ clock: now, seen: leapt.seen, until: leapt.until }, held)
      }
      told = leapt?.until ?? ''
      seen = looked
      return looked
    },
    requireRight: () => {
      if (seen?.behind) throw new Error(`the clock said ${seen.now}, the log ${seen.behind.seen}`)
    },
    mayEnd: () => seen !== undefined && seen.leapt === undefined,
  }
}
