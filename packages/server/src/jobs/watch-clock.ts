import type { Logger } from 'pino'
import { type Clock, type ClockSeen, endsTooSoon, type Verdict } from '../core/clock/clock.ts'
import type { Job } from './jobs.ts'

/** The clock as the jobs and the readiness of the desk take it. */
export interface ClockWatch {
  /** Looks, and tells the operator what is odd. @throws as a store does */
  look(): Promise<ClockSeen>
  /** @throws Error with both times while the clock is wrong, or is or was lately behind the log */
  requireRight(): void
  /**
   * Whether what ends for good by the clock may end now: not after a leap, not by one that is wrong, nor by one of which nobody can tell
   * where it is hours off the database server's, and not without a look.
   */
  mayEnd(): boolean
  /** Jobs that rest while nothing may end. */
  ifMayEnd(jobs: readonly Job[]): Job[]
  /** Jobs that rest while the clock is wrong: what they sign has a date, and other desks do the same. */
  unlessWrong(jobs: readonly Job[]): Job[]
  /** 1 while it is wrong; shared with other threads. */
  readonly flag: Int32Array<SharedArrayBuffer>
}

export function watchClock({ clock }: { readonly clock: Clock }, log: Logger): ClockWatch {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  /** The last look; what the one under way finds, or one that failed would have found, is not known. */
  let last: ClockSeen | undefined
  let isFresh = false
  const told = new Map<string, string>()
  /** Once, as long as `what` is the same. */
  const once = (about: string, what: string | undefined, tell: () => void): void => {
    if (what !== undefined && told.get(about) !== what) tell()
    if (what === undefined) told.delete(about)
    else told.set(about, what)
  }
  const mayEnd = (): boolean =>
    isFresh && last?.leapt === undefined && !last?.isContradicted && !endsTooSoon(last?.differs)
  return {
    flag,
    look: async () => {
      isFresh = false
      const looked = await clock.look()
      const { now, behind, leapt, others, differs } = looked
      once('behind', behind && 'behind', () =>
        log.error({ clock: now, log: behind!.seen }, 'the clock is behind the newest line of the log'),
      )
      once('leapt', leapt?.until, () => {
        const held = 'the clock leapt forward, or the desk was off: nothing expires for a day'
        log.warn({ clock: now, seen: leapt!.seen, until: leapt!.until }, held)
      })
      once('others', others && 'ahead', () =>
        log.warn(
          { clock: now, log: others },
          'the log has lines of a time to come: the clock of another desk is ahead, or was',
        ),
      )
      once('differs', differs && `${differs.verdict} ${differs.ahead > 0}`, () =>
        log.error({ clock: now, server: differs!.server }, `${inWords(differs!)}: ${VERDICTS[differs!.verdict]}`),
      )
      once('contradicted', looked.isContradicted && 'contradicted', () =>
        log.warn(
          { clock: now },
          'as many clocks of desks and database server are more than an hour off this one as agree with it: nothing is ended or purged',
        ),
      )
      Atomics.store(flag, 0, clock.isWrong() ? 1 : 0)
      last = looked
      isFresh = true
      return looked
    },
    requireRight: () => {
      if (!last) throw new Error('nobody has looked at the clock yet')
      if (last.differs && last.differs.verdict !== 'open')
        throw new Error(`${inWords(last.differs)}: ${VERDICTS[last.differs.verdict]}`)
      if (last.behind) throw new Error(`the clock said ${last.now}, the log ${last.behind.seen}`)
    },
    mayEnd,
    ifMayEnd: (jobs) =>
      jobs.map(({ name, run }) => ({ name, run: async (stopping) => (mayEnd() ? run(stopping) : undefined) })),
    unlessWrong: (jobs) =>
      jobs.map(({ name, run }) => ({ name, run: async (stopping) => (clock.isWrong() ? undefined : run(stopping)) })),
  }
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  outvoted: 'other desks agree with that one: set this host’s',
  awaited: 'what other desks find is awaited',
  open: 'nobody can tell which is right',
}

const inWords = ({ ahead }: NonNullable<ClockSeen['differs']>): string =>
  `this host’s clock is ${span(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the database server’s`

const span = (milliseconds: number): string => {
  const minutes = Math.floor(milliseconds / 60_000)
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24]
  return [`${days} d`, `${hours} h`, `${minutes % 60} min`].filter((part) => !part.startsWith('0 ')).join(' ')
}
