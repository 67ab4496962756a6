import { hasDeskCode } from '@scel/contract/errors'
import type { Report } from '../report.ts'
import type { Readers, Stores, Work } from '../work.ts'
import { type Instant, isInstant, MINUTE, nowOf, type World } from '../world.ts'
import { type DutyName, LEASE } from './duty.ts'

/**
 * Which desk of a database does a duty: whoever has its lease, until they let it go or are not heard of. That keeps two from doing the same work at once; it
 * does not make sure of it, for a process may sleep between two steps. So every duty, done twice, does no more than once.
 *
 * Nor does it make sure that anybody does it: whoever writes the database says whose the lease is. So whoever has one says under a code of the desk that they
 * go on with it, and where a lease is somebody else's for minutes, and no desk says that, the work is done without it.
 */
export interface Duties {
  /** Takes the lease of a duty, or keeps it. */
  take(name: DutyName): Promise<Grant>
  /**
   * Keeps it, and says to the others that the work was done, or goes on.
   * @returns false where another has it
   */
  keep(name: DutyName): Promise<boolean>
  letGo(name: DutyName): Promise<void>
  /** At the end of a desk: the others need not wait for its leases to end. */
  letGoAll(): Promise<void>
  /** @throws Error while a duty is kept from this desk and nobody does it */
  requireKept(): void
}

/** `leased` and `unattended` are this desk's to do, the second because nobody who has the lease does it; `other` is another’s. */
export type Grant = 'leased' | 'unattended' | 'other'

interface Needs {
  readonly work: Work
  readonly world: Pick<World, 'elapsed' | 'now'>
  readonly report: Report
  /** Tells this desk from others, also after it was started again: it goes on with what it had. */
  readonly holder: string
  /** Milliseconds. */
  readonly lasts?: number
}

/** Since when a duty was refused with nobody going on with it. */
interface Refused {
  /** By the time that goes by. */
  readonly since: number
  readonly last: number
  readonly times: number
  /** The highest turn that was seen. */
  readonly turn: number
}

export function createDuties({ work, world, report, holder, lasts = LEASE }: Needs): Duties {
  type Units = Pick<Stores, 'duties' | 'settings'> & Pick<Readers, 'serverClock'>
  const inUnit = <T>(run: (stores: Units) => Promise<T>): Promise<T> => work.transaction(run)
  const refused = new Map<DutyName, Refused>()
  const unattended = new Set<DutyName>()
  /** The highest turn of each duty that this desk has seen or said: one that is put back is no sign of anybody. */
  const turns = new Map<DutyName, number>()

  /** By the clock that all desks of a database have in common. */
  const moment = async ({ serverClock }: Pick<Readers, 'serverClock'>): Promise<Instant> =>
    (await serverClock.now()) ?? nowOf(world)

  /** @returns the highest turn; what somebody said long ago, who puts it there today is not that somebody */
  const seen = (name: DutyName, { said, at }: Found): number => {
    const before = turns.get(name) ?? 0
    const now = spoken(said)
    const turn = isFresh(now.at, at) ? Math.max(before, now.turn) : before
    turns.set(name, turn)
    return turn
  }

  const found = async (stores: Pick<Readers, 'settings' | 'serverClock'>, name: DutyName): Promise<Found> => ({
    said: await stores.settings.get(settingOf(name)),
    at: await moment(stores),
  })

  const attended = (name: DutyName): void => {
    refused.delete(name)
    if (unattended.delete(name)) report('what desks share is done by the rules again', name)
  }

  const isUnattended = (name: DutyName, turn: number, why: unknown): boolean => {
    const before = refused.get(name)
    if (before && turn > before.turn) attended(name)
    const { since, times } = refused.get(name) ?? { since: world.elapsed(), times: 0 }
    refused.set(name, { since, last: world.elapsed(), times: times + 1, turn })
    if (times < REFUSALS || world.elapsed() - since < UNATTENDED) return false
    if (!unattended.has(name))
      report(
        'what desks share is kept from this desk by a lease, and no desk does it: it is done without one from now on',
        why,
      )
    unattended.add(name)
    return true
  }

  return {
    take: async (name) => {
      let turn: number
      try {
        const { isOwn, ...rest } = await inUnit(async (stores) => ({
          isOwn: await stores.duties.take(name, holder, lasts),
          ...(await found(stores, name)),
        }))
        turn = seen(name, rest)
        if (isOwn) {
          attended(name)
          return 'leased'
        }
      } catch (error) {
        if (hasDeskCode(error, 'database_older') || hasDeskCode(error, 'database_newer')) throw error
        // Where the database answers, it is the lease alone that cannot be had.
        const rest = await work.read((stores) => found(stores, name)).catch(() => Promise.reject(error))
        if (isUnattended(name, seen(name, rest), error)) return 'unattended'
        throw error
      }
      return isUnattended(name, turn, name) ? 'unattended' : 'other'
    },
    keep: async (name) => {
      const turn = await inUnit(async (stores) => {
        if (!(await stores.duties.take(name, holder, lasts))) return undefined
        const { said, at } = await found(stores, name)
        const next = Math.max(turns.get(name) ?? 0, spoken(said).turn) + 1
        await stores.settings.overwrite(settingOf(name), `${next} ${at}`)
        return next
      })
      if (turn !== undefined) turns.set(name, turn)
      return turn !== undefined
    },
    letGo: (name) => inUnit(({ duties }) => duties.letGo(name, holder)),
    letGoAll: () => inUnit(({ duties }) => duties.letGoAll(holder)),
    requireKept: () => {
      const name = [...unattended].find((one) => world.elapsed() - (refused.get(one)?.last ?? 0) < RECENT)
      if (name !== undefined) throw new Error(`a lease keeps “${name}” from this desk, and nobody does it`)
    },
  }
}

/** What stands there, and what the clock says at that moment. */
interface Found {
  readonly said: string | undefined
  readonly at: Instant
}

/** A turn, and when it was said. */
function spoken(said = ''): { readonly turn: number; readonly at: Instant | undefined } {
  const [turn, at] = said.split(' ')
  return { turn: Number.isSafeInteger(Number(turn)) ? Number(turn) : 0, at: isInstant(at) ? at : undefined }
}

const isFresh = (said: Instant | undefined, now: Instant): boolean =>
  said !== undefined && Math.abs(Date.parse(now) - Date.parse(said)) < UNATTENDED

const settingOf = (name: DutyName): string => `duty-kept ${name}`
/** Longer than several leases: who goes on with a duty says so each minute. */
const UNATTENDED = 5 * MINUTE
/** Jobs ask each minute for what they have to do; of what nobody has had to do since, nothing is known. */
const RECENT = 3 * MINUTE
/** And so often at least, however long a host slept meanwhile. */
const REFUSALS = 2
