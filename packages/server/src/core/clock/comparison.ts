import { CLOCK_SLACK, HOUR, type Instant, instant, isInstant, type World } from '../world.ts'
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

/**
 * Whether as many clocks differ from this host's by more than an hour, all of them in the same way, as say what it does: the server's is one,
 * and each desk's that is alive. Then this host's may be the wrong one although the server says the same.
 *
 * @param others what desks found that are alive
 * @param maybes milliseconds by which others may be ahead of the server that have yet to be heard: they count against this host's alone
 */
export function isContradicted({ ahead }: Compared, others: readonly Compared[], maybes: readonly number[]): boolean {
  const heard = [0, ...others.map((one) => one.ahead)]
  const backing = 1 + heard.filter((one) => agree(one, ahead)).length
  const clocks = [...heard, ...maybes]
  return clocks.some(
    (one) => Math.abs(one - ahead) > HOUR && clocks.filter((other) => agree(one, other)).length >= backing,
  )
}

/** What another host's memory, or this one's, says it found; undefined where it says nothing that reads. */
export function comparedIn(value: unknown): Compared | undefined {
  const { server, ahead } = Object(value) as Partial<Record<keyof Compared, unknown>>
  return isInstant(server) && typeof ahead === 'number' ? { server, ahead } : undefined
}
