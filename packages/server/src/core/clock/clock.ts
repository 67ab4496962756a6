import { ENVIRONMENTS } from '@scel/contract/values'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Report } from '../report.ts'
import type { Stores, Work } from '../work.ts'
import { CLOCK_SLACK, DAY, HOUR, type Instant, isAhead, isInstant, later, MINUTE, nowOf, type World } from '../world.ts'
import { agree, type Compared, compareWith, isContradicted, weigh } from './comparison.ts'
import { type Doubt, type Memory, type Remembered, recall } from './memory.ts'
import { createWitnesses, isRecent, type Observations } from './witnesses.ts'

/**
 * What the desk thinks of its host's clock. Nothing inside the desk can say what time it is; but it has seen time pass, and
 * a clock that contradicts what it saw was wrong before, or is wrong now. A database server has a clock of its own: where several desks
 * share one, it and most of them say which of them is wrong.
 */
export interface Clock {
  /** Looks, and writes into the log of each environment what it finds: at start, and before each round of jobs. */
  look(): Promise<ClockSeen>
  /**
   * Whether, as of the last look, most of those who can tell contradict this host's clock, or have yet to be heard: then nothing is dated by it
   * that can wait.
   */
  isWrong(): boolean
  /**
   * How late it surely is by now: after a leap, before the last look or since, as late as it was before that. By no later time does somebody do alone
   * what they may once time has passed.
   * @returns undefined where nobody can tell: it is wrong, as many contradict it as agree, or it is hours off the database server's
   */
  surely(): Instant | undefined
}

/** Of two clocks that contradict one another either may be wrong; by less than this nothing ends that was still to be used. */
export const endsTooSoon = (differs: ClockSeen['differs']): boolean =>
  differs !== undefined && (differs.verdict !== 'open' || Math.abs(differs.ahead) > HOUR)

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
  /** Newest line of the log, of a time to come: the database server's clock agrees with this one, so another desk's was ahead. */
  readonly others?: Instant
  /** The host's clock and the database server's are not the same. */
  readonly differs?: Compared & { readonly verdict: Verdict }
  /** As many clocks that are alive are more than an hour off this host's, in the same way, as say what it does: nothing ends by it for good. */
  readonly isContradicted?: true
}

/**
 * `outvoted`: more of the desks that are alive agree with the server, or did when there were any, and nothing has changed since.
 * `awaited`: this desk has just begun, and others have yet to be heard. `open`: nobody can tell which is right.
 */
export type Verdict = 'outvoted' | 'awaited' | 'open'

interface Needs {
  readonly work: Work
  readonly world: World
  /** Tells this desk from others of its database. */
  readonly place: string
  readonly report: Report
}

export function createClock({ work, world, place, report }: Needs): Clock {
  let isWrong = false
  let seenLast: ClockSeen | undefined
  const witnesses = createWitnesses(world)
  /** When, by elapsed time, and with what difference this process was last outvoted by desks that are alive. */
  let outvoted: { readonly ahead: number; readonly at: number } | undefined
  const judge = (compared: Compared, { living, unsettled, awaited }: Observations): Verdict => {
    // Of those who have yet to be heard since the server's clock was set, each may be on this host's side, and none speaks against it.
    const maybes = unsettled.filter(
      ({ before, now }) => agree(before, compared.ahead) || agree(now, compared.ahead),
    ).length
    const weight = weigh(compared, living) - maybes
    if (weight > 0) return 'outvoted'
    // Until they are, who was out of service stays so.
    if (unsettled.length > 0 && outvoted) return 'outvoted'
    if (weight < 0) return 'open'
    if (awaited.length > 0) return 'awaited'
    // Whoever was outvoted stays so when those who said it are off, as long as nothing else changes: for a day.
    const stays = outvoted && agree(outvoted.ahead, compared.ahead) && world.elapsed() - outvoted.at < DAY
    return stays && living.length === 0 ? 'outvoted' : 'open'
  }
  return {
    isWrong: () => isWrong,
    surely: () => {
      const now = nowOf(world)
      if (isWrong || seenLast?.isContradicted || endsTooSoon(seenLast?.differs)) return undefined
      if (seenLast && later(seenLast.now, LEAP) < now) return seenLast.now
      return seenLast?.leapt?.seen ?? now
    },
    look: async () => {
      const now = nowOf(world)
      const { seen, heard } = await work.transaction(async (stores) => {
        const compared = await compareWith(stores.serverClock, world)
        const memory = await recall(stores, place, compared, report)
        const { own } = memory
        const agrees = compared !== undefined && agree(compared.ahead, 0)
        const newestLine = await stores.audit.newest()
        const line = isInstant(newestLine) ? newestLine : now // whoever writes the database can write what is none
        const heard = compared && witnesses(memory.others, compared.server)
        const differs = compared && heard && !agrees ? { ...compared, verdict: judge(compared, heard) } : undefined
        const isOthers = isAhead(line, now) && compared !== undefined && mayBeOthers(memory, compared)
        const said = isOthers ? now : line
        const last = own.last ?? said
        const newest = said > last ? said : last
        const behind = isAhead(newest, now) ? newest : undefined
        const leapt = later(last, LEAP) < now ? last : undefined
        const known = doubted('behind', undefined, later(now, PATIENCE), own, now).behind
        if (behind !== undefined) {
          if (!known) await note(stores, now, 'clock.behind', behind)
        } else if (leapt !== undefined) await note(stores, now, 'clock.leapt', leapt)
        // A clock may drift away slowly, or stay where it just differs: compared with what was noted, each is written down once.
        const isNoted = differs && own.noted !== undefined && agree(own.noted, differs.ahead)
        if (differs && !isNoted) await note(stores, now, 'clock.differs', differs.server)
        const noted = differs ? (isNoted ? own.noted : differs.ahead) : stillNoted(own, compared)
        const doubts = {
          ...doubted('behind', behind, later(now, PATIENCE), own, now),
          ...doubted('leapt', leapt, later(now, LEAP), own, now),
        }
        await memory.keep({
          ...{ last: now, ...doubts },
          ...(compared && { compared }),
          ...(noted !== undefined && { noted }),
        })
        const seen: ClockSeen = {
          now,
          ...doubts,
          ...(agrees && isOthers && { others: line }),
          ...(differs && { differs }),
          ...(compared &&
            heard &&
            isContradicted(compared, heard.living, maybesOf(heard)) && { isContradicted: true as const }),
        }
        return { seen, heard }
      })
      heard?.keep()
      const { differs } = seen
      isWrong = differs !== undefined && differs.verdict !== 'open'
      seenLast = seen
      if (differs?.verdict !== 'outvoted') outvoted = undefined
      else if (weigh(differs, heard!.living) > 0) outvoted = { ahead: differs.ahead, at: world.elapsed() }
      return seen
    },
  }
}

/**
 * Whether a line of a time to come is another desk's, or may be, so that it is no doubt of this host's clock.
 *
 * A desk that remembers wrote none since its last look, which would be of a time to come as well. Where the server differs, those who are heard
 * say who is wrong, and the log nothing more. Where it agrees, that another one has looked lately is enough; but a server on this very host agrees
 * with whatever that says: where nobody remembers, it may have been this desk.
 */
const mayBeOthers = ({ own, others }: Memory, compared: Compared): boolean =>
  own.last !== undefined || !agree(compared.ahead, 0) || others.some((one) => isRecent(one, compared.server))

/** Of those that have yet to be heard, or to be heard since the server's clock was set, as if nobody had set theirs. */
const maybesOf = ({ unsettled, awaited }: Observations): number[] => [
  ...awaited.map(({ ahead }) => ahead),
  ...unsettled.map(({ now }) => now),
]

/** Until the two are well together again: near the edge of what is a difference each minute would write it down anew. */
const stillNoted = ({ noted }: Remembered, compared: Compared | undefined): number | undefined =>
  compared && Math.abs(compared.ahead) > CLOCK_SLACK / 2 ? noted : undefined

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

type ClockAction = 'clock.behind' | 'clock.leapt' | 'clock.differs'

/** Whoever reads the log must be able to tell why its times do not rise. */
async function note(stores: Stores, at: Instant, action: ClockAction, seen: Instant): Promise<void> {
  for (const environment of ENVIRONMENTS) {
    await record(stores, DESK, { environment, at, action, target: { kind: 'clock', id: 'host' }, facts: { seen } })
  }
}

const DESK: DeskActor = { kind: 'desk', name: 'clock' }
const PATIENCE: number = 10 * MINUTE
const LEAP: number = DAY
