import { createHash } from 'node:crypto'
import { refuse } from '@scel/contract/errors'
import { networkOf } from '../../../core/network.ts'
import { createWindows, type Windows } from '../../../core/windows.ts'
import type { World } from '../../../core/world.ts'

/**
 * Counts the failures of calls that try a secret: by what was tried and the network that tried it, so that one who fails
 * again and again keeps out nobody else who comes from there. How often a network may call at all is another limit, and a
 * much higher one.
 */
export interface Failures {
  /**
   * Makes a try, unless this one has failed too often of late.
   *
   * @param tried the certificate or the token; undefined when nothing was shown
   * @throws DeskError too_many_requests, and what `act` throws
   */
  attempt<T>(tried: Uint8Array | string | undefined, from: string, act: () => Promise<T>): Promise<T>
  /**
   * The same, where success counts as well: of what may be done over and over, and each time ends what was done long ago.
   * @throws as `attempt`
   */
  each<T>(tried: Uint8Array | string | undefined, from: string, act: () => Promise<T>): Promise<T>
}

const WINDOW = 60_000
/** Tries remembered. */
const MOST = 20_000

export function makeFailures(perMinute: number, world: Pick<World, 'elapsed'>): Failures {
  const most = Math.max(30, Math.ceil(perMinute / 100))
  // With the calls that an address may make by default well below the sessions that one person has.
  const mostIn = Math.max(30, Math.ceil(perMinute / 200))
  const failed = createWindows(world, WINDOW, MOST)
  const done = createWindows(world, WINDOW, MOST)
  const keyOf = (tried: Uint8Array | string | undefined, from: string): string =>
    `${tried === undefined ? '' : createHash('sha256').update(tried).digest('base64url')} ${networkOf(from)}`
  /** Those of which nobody knows yet how they end. */
  const underWay = new Map<string, number>()
  const requireFew = (windows: Windows, key: string, bound: number, begun = 0): void => {
    const { count, left } = windows.of(key) ?? { count: 0, left: WINDOW }
    if (count + begun >= bound) refuse('too_many_requests', { seconds: Math.ceil(left / 1_000) })
  }
  const attempt: Failures['attempt'] = async (tried, from, act) => {
    const key = keyOf(tried, from)
    requireFew(failed, key, most)
    try {
      return await act()
    } catch (error) {
      failed.count(key)
      throw error
    }
  }
  return {
    attempt,
    each: async (tried, from, act) => {
      const key = keyOf(tried, from)
      const begun = underWay.get(key) ?? 0
      requireFew(done, key, mostIn, begun)
      underWay.set(key, begun + 1)
      try {
        const result = await attempt(tried, from, act)
        done.count(key)
        return result
      } finally {
        const left = underWay.get(key)! - 1
        if (left === 0) underWay.delete(key)
        else underWay.set(key, left)
      }
    },
  }
}
