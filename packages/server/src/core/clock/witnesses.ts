import { type Instant, later, MINUTE, type World } from '../world.ts'
import type { Compared } from './comparison.ts'

/** What a desk found, by the name it has in memory. */
export interface Look {
  readonly name: string
  readonly found: Compared
}

/** What is heard of the other desks at one look. */
export interface Heard {
  /** What those found that have looked within the last minutes. */
  readonly living: readonly Compared[]
  /** Whether others have looked lately, as far as the server's clock can say, and this desk has not been here long enough to have heard them again. */
  readonly isAwaiting: boolean
  /** To be called once the look counts. */
  keep(): void
}

export type Witnesses = (looks: readonly Look[], server: Instant) => Heard

/**
 * A desk is alive when what it found has changed since this process last read it. Dates say nothing of that: they are the server's, whose
 * clock may have been set; and what was there at the start may be what this very desk found when it had another name, as a container has
 * after each start.
 */
export function createWitnesses(world: Pick<World, 'elapsed'>): Witnesses {
  let known: ReadonlyMap<string, { readonly server: Instant; readonly heardAt: number | undefined }> | undefined
  let begunAt: number | undefined
  return (looks, server) => {
    const now = world.elapsed()
    const heard = new Map(
      looks.map(({ name, found }) => {
        const before = known?.get(name)
        const isNews = known !== undefined && before?.server !== found.server
        return [name, { server: found.server, heardAt: isNews ? now : before?.heardAt }]
      }),
    )
    const isAlive = ({ name }: Look): boolean => now - (heard.get(name)?.heardAt ?? Number.NEGATIVE_INFINITY) <= SILENCE
    const isYoung = now - (begunAt ?? now) < PATIENCE
    return {
      living: looks.filter(isAlive).map(({ found }) => found),
      isAwaiting: isYoung && looks.some((look) => !isAlive(look) && isRecent(look, server)),
      keep: () => {
        known = heard
        begunAt ??= now
      },
    }
  }
}

/** Whether it was found within minutes of `server`. */
export const isRecent = ({ found }: Look, server: Instant): boolean =>
  later(server, -SILENCE) <= found.server && found.server <= later(server, MINUTE)

/** Each desk looks once a minute. */
const SILENCE: number = 5 * MINUTE
const PATIENCE: number = 2.5 * MINUTE
