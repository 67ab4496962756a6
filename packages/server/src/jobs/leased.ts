import type { Logger } from 'pino'
import type { Duties } from '../core/duties/duties.ts'
import { type DutyName, LEASE } from '../core/duties/duty.ts'
import type { Job } from './jobs.ts'

/** A job that one desk of a database does at a time. */
export interface Duty<T> extends Job {
  readonly duty: DutyName
  run(stopping: AbortSignal): Promise<T>
  /** Whether something remains that this desk could not do: another may have the key that it lacks. @default nothing */
  left?(ran: T): boolean | Promise<boolean>
}

/**
 * Does a duty while this desk has its lease, which is renewed while the work runs, and kept from one round to the next. What fails or remains lets it go, for
 * another desk to try; one that is killed is not heard of any more, and loses it, as does one whose work does not end. What nobody does, whoever has its
 * lease, is done without one.
 *
 * @param lasts milliseconds, as those of `duties`
 */
export const leased =
  (duties: Pick<Duties, 'take' | 'keep' | 'letGo'>, log: Pick<Logger, 'warn'>, lasts: number = LEASE) =>
  <T>({ name, duty, run, left }: Duty<T>): Job => ({
    name,
    run: async (stopping) => {
      const grant = await duties.take(duty)
      if (grant === 'other') return
      if (grant === 'unattended') return void (await run(stopping))
      let renewal = Promise.resolve()
      const renew = async (): Promise<void> => {
        try {
          if (!(await duties.keep(duty))) log.warn({ job: name }, 'another desk took this over while it was under way')
        } catch (err) {
          log.warn({ job: name, err }, 'the lease of a job was not renewed')
        }
      }
      let renewed = 0
      const timer = setInterval(() => {
        if (++renewed > MOST_RENEWALS) clearInterval(timer)
        else renewal = renewal.then(renew)
      }, lasts / RENEWALS)
      let isDone = false
      try {
        const ran = await run(stopping)
        isDone = !(await left?.(ran))
      } finally {
        clearInterval(timer)
        await renewal
        if (isDone) await renew()
        // One that cannot be let go ends by itself.
        if (!isDone) await duties.letGo(duty).catch(() => undefined)
      }
    },
  })

/** In the time of a lease: one or two may be late. */
const RENEWALS = 3
/** Ten minutes: what takes longer hangs, at a token or a file system, and is left to another desk. */
const MOST_RENEWALS = 20
