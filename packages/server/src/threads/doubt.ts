import type { Logger } from 'pino'
import type { LastNumber } from '../core/high-water/last-line.ts'
import { isRaised, liftsOf, looksOf, type MarkSignal } from '../jobs/index.ts'
import type { OpenReading } from '../store/index.ts'

/** Whether the connections of this thread lead to the database that the desk remembers. */
export interface Doubt {
  /** As the desk knows it, or as this thread has found on a connection of its own. */
  isOlder(): boolean
  /** How often it was, so far. */
  doubts(): number
}

interface Needs {
  readonly work: Pick<OpenReading, 'onConnected' | 'reconnect' | 'read'>
  readonly older: MarkSignal
  readonly lastNumber: LastNumber
  readonly log: Pick<Logger, 'error' | 'warn'>
}

/**
 * Meets each new connection of this thread. What it finds counts until the desk has looked and found the newest database, and this thread,
 * after that, has met a connection that it made anew: the look was made on a connection of the desk’s own, and says nothing of those here.
 */
export function doubtOf({ work, older, lastNumber, log }: Needs): Doubt {
  let doubts = 0
  /** Of so many it is known that they are over. */
  let settled = 0
  let looks = looksOf(older)
  let lifts = liftsOf(older)
  let isAsking = false

  work.onConnected(async ({ audit }) => {
    const number = Number(Atomics.load(lastNumber, 0))
    if (number === 0 || (await audit.leafOf(number)) !== undefined) return
    if (doubts === settled)
      log.error(
        { number },
        'a connection of the public door leads to an older copy of the database: nothing is said of it',
      )
    doubts++
  })

  const meetAnew = async (): Promise<void> => {
    isAsking = true
    const before = doubts
    work.reconnect()
    try {
      await work.read(({ settings }) => settings.get('ready'))
      if (doubts !== before) return
      settled = doubts
      log.warn('the connections of the public door lead to the newest database again')
    } catch {
      looks-- // whoever asks next lets it be tried again
    } finally {
      isAsking = false
    }
  }

  return {
    isOlder: () => {
      if (isRaised(older)) return true
      const [lifted, looked] = [liftsOf(older), looksOf(older)]
      if (lifts !== lifted) doubts++
      lifts = lifted
      if (doubts === settled) looks = looked
      else if (looks !== looked && !isAsking) {
        looks = looked
        void meetAnew()
      }
      return doubts !== settled
    },
    doubts: () => doubts + liftsOf(older) - lifts,
  }
}
