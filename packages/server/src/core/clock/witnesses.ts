import { type Instant, later, MINUTE, type World } from '../world.ts'
import { agree, type Compared } from './comparison.ts'

/** What a desk found, by the name it has in memory. */
export interface Look {
  readonly name: string
  readonly found: Compared
}

/** What is heard of the other desks at one look. */
export interface Observations {
  /** What those found that have looked within the last minutes, each desk once. */
  readonly living: readonly Compared[]
  /** Of desks that are alive, whose look is of before the server's clock was set: what they find now is not known. */
  readonly unsettled: readonly Unsettled[]
  /** What others found lately, as far as the server's clock can say, whom this desk has not been here long enough to have heard again. */
  readonly awaited: readonly Compared[]
  /** To be called once the look counts. */
  keep(): void
}

/** By how many milliseconds a desk was ahead of the server before that was set, and is now unless its own clock was set with it. */
export interface Unsettled {
  readonly before: number
  readonly now: number
}

export type Witnesses = (looks: readonly Look[], server: Instant) => Observations

/** When this process heard of a look, by elapsed time. */
interface Hearing {
  readonly server: Instant
  /** When the name came; at the first reading it may have been there for long. */
  readonly cameAt: number
  /** When this look was read first, and when the one before it was there: it was made between the two. */
  readonly heardAt: number
  readonly after: number
}

/**
 * A desk is alive when what it found has changed since this process last read it. Dates say nothing of that: they are the server's, whose
 * clock may have been set; and what was there at the start may be what this very desk found when it had another name, as a container has
 * after each start.
 */
export function createWitnesses(world: Pick<World, 'elapsed'>): Witnesses {
  let known: ReadonlyMap<string, Hearing> | undefined
  let readAt = 0
  let begunAt: number | undefined
  return (looks, server) => {
    const now = world.elapsed()
    const hear = ({ name, found }: Look): Hearing => {
      const before = known?.get(name)
      if (before?.server === found.server) return before
      const cameAt = known ? (before?.cameAt ?? now) : Number.NEGATIVE_INFINITY
      return { server: found.server, cameAt, heardAt: known ? now : Number.NEGATIVE_INFINITY, after: readAt }
    }
    const heard = new Map(looks.map((look) => [look.name, hear(look)]))
    const isAlive = ({ name }: Look): boolean => now - heard.get(name)!.heardAt <= SILENCE
    const alive = looks.filter(isAlive).map(({ name, found }) => {
      const hearing = heard.get(name)!
      const passed = Date.parse(server) - Date.parse(found.server)
      const isSettled = now - hearing.heardAt - SLACK <= passed && passed <= now - hearing.after + SLACK
      const set = isSettled ? 0 : passed - (now - hearing.heardAt)
      return { ...hearing, found, isSettled, before: found.ahead, now: found.ahead - set }
    })
    const desks = withoutReplaced(alive)
    const isYoung = now - (begunAt ?? now) < PATIENCE
    return {
      living: desks.filter(({ isSettled }) => isSettled).map(({ found }) => found),
      unsettled: desks.filter(({ isSettled }) => !isSettled).map(({ before, now }) => ({ before, now })),
      awaited: isYoung
        ? looks.filter((look) => !isAlive(look) && isRecent(look, server)).map(({ found }) => found)
        : [],
      keep: () => {
        known = heard
        readAt = now
        begunAt ??= now
      },
    }
  }
}

/**
 * A desk that is replaced has another name then, and its look of before lives on for minutes. So whoever came after another with the same
 * difference was last heard may be that one: they are one voice until the earlier is heard again. Each takes the place of one: where a
 * desk is added, and none replaced, no side has fewer voices than before.
 */
function withoutReplaced<T extends Pick<Hearing, 'cameAt' | 'heardAt'> & Unsettled>(desks: readonly T[]): T[] {
  const replaced = new Set<T>()
  // Of names that came between two looks, whichever is heard again is the later one.
  const inTurn = desks.toSorted((one, other) => one.cameAt - other.cameAt || one.heardAt - other.heardAt)
  for (const [place, newcomer] of inTurn.entries()) {
    const silent = inTurn
      .slice(0, place)
      .filter((one) => !replaced.has(one) && one.heardAt <= newcomer.cameAt && agree(one.now, newcomer.now))
      .toSorted((one, other) => one.heardAt - other.heardAt)[0]
    if (silent) replaced.add(silent)
  }
  return desks.filter((one) => !replaced.has(one))
}

/** Whether it was found within minutes of `server`. */
export const isRecent = ({ found }: Look, server: Instant): boolean =>
  later(server, -SILENCE) <= found.server && found.server <= later(server, MINUTE)

/** Each desk looks once a minute. */
const SILENCE: number = 5 * MINUTE
const PATIENCE: number = 2.5 * MINUTE
/** A look is stored a while after the server was asked. */
const SLACK: number = MINUTE
