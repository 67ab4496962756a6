import { CLOCK_SLACK, type Instant, instant, isInstant, type World } from '../world.ts'
import type { ServerClock } from './server-clock.port.ts'

/** What a desk found when it compared its host's clock with that of the database server. */
export interface Compared {
  /** What the server said. */
  readonly server: Instant
  /** Milliseconds by which the host's clock is ahead of it, at least; negative where it is behind. */
  readonly ahead: number
}

/** The question may have waited, and its answer too: only what lies before the one or after the other is a difference. */
export async function compareWith(serverClock: ServerClock, world: Pick<World, 'now'>): Promise<Compared | undefined> {
  const asked = instant(world.now())
  const server = await serverClock.now()
  if (server === undefined) return undefined
  const answered = instant(world.now())
  const from = (one: Instant): number => Date.parse(one) - Date.parse(server)
  return { server, ahead: server < asked ? from(asked) : answered < server ? from(answered) : 0 }
}

/** Whether two differ by less than the clocks of desks on one database may. */
export const agree = (one: number, other: number): boolean => Math.abs(one - other) <= CLOCK_SLACK

/**
 * How many more clocks say what the server's does than what this host's does. Of two that contradict one another nobody can say which
 * is right: a desk alone with its database has 0, and so have desks that all differ from it by as much.
 *
 * @param others what other desks found that are alive
 */
export function weigh({ ahead }: Compared, others: readonly Compared[]): number {
  const forServer = 1 + others.filter((one) => agree(one.ahead, 0)).length
  const forThisHost = 1 + others.filter((one) => agree(one.ahead, ahead)).length
  return forServer - forThisHost
}

/** What another host's memory, or this one's, says it found; undefined where it says nothing that reads. */
export function comparedIn(value: unknown): Compared | undefined {
  const { server, ahead } = Object(value) as Partial<Record<keyof Compared, unknown>>
  return isInstant(server) && typeof ahead === 'number' ? { server, ahead } : undefined
}
