import { refuse } from '@scel/contract/errors'
import { createWindows } from '../../windows.ts'
import { MINUTE, type World } from '../../world.ts'

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

export function createRefusalRate(world: Pick<World, 'elapsed'>, limits: RefusalLimits = LIMITS): RefusalRate {
  const { of, count } = createWindows(world, WINDOW, MOST_REMEMBERED)

  const require = (key: string, most: number): void => {
    const window = of(key)
    if (window && window.count >= most) refuse('too_many_requests', { seconds: Math.ceil(window.left / 1_000) })
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
    repeated: ({ key }) => void count(`key ${key}`),
  }
}

const WINDOW = 10 * MINUTE
const LIMITS: RefusalLimits = { perApplicant: 20, perNetwork: 200 }
const MOST_REMEMBERED = 20_000
