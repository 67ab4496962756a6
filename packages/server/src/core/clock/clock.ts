import { ENVIRONMENTS } from '@scel/contract/values'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Stores, Work } from '../work.ts'
import { DAY, type Instant, isAhead, later, MINUTE, nowOf, type World } from '../world.ts'

/**
 * What the desk thinks of its host's clock. Nothing inside the desk can say what time it is; but it has seen time pass, and
 * a clock that contradicts what it saw was wrong before, or is wrong now.
 */
export interface Clock {
  /** Looks, and writes into the log of each environment what it finds: at start, and before each round of jobs. */
  look(): Promise<ClockSeen>
}

export interface ClockSeen {
  readonly now: Instant
  /**
   * The newest line of the log, or the last look, is of a time to come: the clock was ahead then, or is behind now. The desk heals what
   * the first would have left, and says it is not ready until `until`: time for whoever sets clocks to set this one.
   */
  readonly behind?: Doubt
  /**
   * Since the desk last looked, more than a day went by: it was off, or the clock is ahead. What ends for good by the clock
   * is left alone until `until`, by the same clock: one that is put right before has ended nothing.
   */
  readonly leapt?: Doubt
}

export interface Doubt {
  /** The time that was seen before. */
  readonly seen: Instant
  readonly until: Instant
}

interface Remembered {
  readonly last?: Instant
  readonly behind?: Doubt
  readonly leapt?: Doubt
}

export function createClock({ work, world }: { readonly work: Work; readonly world: World }): Clock {
  return {
    look: () => {
      const now = nowOf(world)
      return work.transaction(async (stores) => {
        const remembered = read(await stores.settings.get(SETTING))
        const line = (await stores.audit.newest()) ?? now
        const last = remembered.last ?? line
        const newest = line > last ? line : last
        const behind = isAhead(newest, now) ? newest : undefined
        const leapt = later(last, LEAP) < now ? last : undefined
        if (behind !== undefined) await note(stores, now, 'clock.behind', behind)
        else if (leapt !== undefined) await note(stores, now, 'clock.leapt', leapt)
        const seen: ClockSeen = {
          now,
          ...doubted('behind', behind, later(now, PATIENCE), remembered, now),
          ...doubted('leapt', leapt, later(now, LEAP), remembered, now),
        }
        const { now: _, ...doubts } = seen
        await stores.settings.set(SETTING, JSON.stringify({ last: now, ...doubts } satisfies Remembered))
        return seen
      })
    },
  }
}

/** A doubt that arises now, or one that was there and has not ended. One from a time that has not come yet is none. */
function doubted<K extends 'behind' | 'leapt'>(
  kind: K,
  seen: Instant | undefined,
  until: Instant,
  remembered: Remembered,
  now: Instant,
): { [kind in K]?: Doubt } {
  const before = remembered[kind]
  const doubt =
    seen !== undefined ? { seen, until } : before && now < before.until && before.until <= until ? before : undefined
  return (doubt ? { [kind]: doubt } : {}) as { [kind in K]?: Doubt }
}

/** Whoever reads the log must be able to tell why its times do not rise. */
async function note(stores: Stores, at: Instant, action: 'clock.behind' | 'clock.leapt', seen: Instant): Promise<void> {
  for (const environment of ENVIRONMENTS) {
    await record(stores, DESK, { environment, at, action, target: { kind: 'clock', id: 'host' }, facts: { seen } })
  }
}

function read(text: string | undefined): Remembered {
  return text === undefined ? {} : (JSON.parse(text) as Remembered)
}

const SETTING = 'clock'
const DESK: DeskActor = { kind: 'desk', name: 'clock' }
const PATIENCE: number = 10 * MINUTE
const LEAP: number = DAY
