import { CLOCK_SLACK, type Instant, instant, later, MINUTE, type World } from '../world.ts'
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
 * Whether more clocks say what the server's does than what this host's does. Of two that contradict one another nobody can say which
 * is right: a desk alone with its database is not called wrong, and neither are desks that all differ from it by as much.
 *
 * @param others what other desks found; a comparison of long ago says nothing of now
 */
export function isOutvoted({ server, ahead }: Compared, others: readonly Compared[]): boolean {
  if (agree(ahead, 0)) return false
  const lately = others.filter((one) => later(server, -WITNESS) <= one.server && one.server <= later(server, MINUTE))
  const forServer = 1 + lately.filter((one) => agree(one.ahead, 0)).length
  const forThisHost = 1 + lately.filter((one) => agree(one.ahead, ahead)).length
  return forServer > forThisHost
}

/** Each desk compares once a minute. */
const WITNESS: number = 5 * MINUTE
