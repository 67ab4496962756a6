import { refuse } from '@scel/contract/errors'
import { MINUTE, type World } from '../world.ts'

// What is refused is written into a log that nobody can shorten, so whoever holds a kit may be refused so often in ten
// minutes and not more: one machine whose request is wrong tries a few times, a kit is tried by all machines of a place.
// Keys cost nothing, so what they share is counted where they come from: nobody locks the machines of other places out.

export interface RefusalRate {
  /** @throws DeskError too_many_requests when this key, or this kit from this network, was refused too often of late */
  require(kit: string, by: Asker): void
  /** One more was refused. */
  count(kit: string, by: Asker): void
  /** This key sent once more what waits already: nothing is written, and it costs as much to look at. */
  repeated(by: Asker): void
}

interface Asker {
  /** Thumbprint of the applicant key. */
  readonly key: string
  readonly network: string
}

export interface RefusalLimits {
  readonly perApplicant: number
  readonly perNetwork: number
}

export function createRefusalRate(world: Pick<World, 'now'>, limits: RefusalLimits = LIMITS): RefusalRate {
  const windows = new Map<string, { ends: number; count: number }>()
  const now = (): number => world.now().getTime()

  const require = (key: string, most: number): void => {
    const window = windows.get(key)
    if (!window || window.ends <= now() || window.count < most) return
    refuse('too_many_requests', { seconds: Math.ceil((window.ends - now()) / 1_000) })
  }
  const count = (key: string): void => {
    const window = windows.get(key)
    if (window && window.ends > now()) {
      window.count++
      return
    }
    windows.delete(key) // to the end of the map: the first of it is the oldest
    windows.set(key, { ends: now() + WINDOW, count: 1 })
    if (windows.size > MOST_REMEMBERED) windows.delete(windows.keys().next().value!)
  }

  return {
    require: (kit, { key, network }) => {
      require(`key ${key}`, limits.perApplicant)
      require(`kit ${kit} ${network}`, limits.perNetwork)
    },
    count: (kit, { key, network }) => {
      count(`key ${key}`)
      count(`kit ${kit} ${network}`)
    },
    repeated: ({ key }) => count(`key ${key}`),
  }
}

const WINDOW = 10 * MINUTE
const LIMITS: RefusalLimits = { perApplicant: 20, perNetwork: 200 }
const MOST_REMEMBERED = 20_000
