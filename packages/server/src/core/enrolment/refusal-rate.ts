import { refuse } from '@scel/contract/errors'
import { MINUTE, type World } from '../world.ts'

// What is refused is written into a log that nobody can shorten, so whoever holds a kit may be refused so often in ten
// minutes and not more: one machine whose request is wrong tries a few times, a kit is tried by all of its machines.

export interface RefusalRate {
  /** @throws DeskError too_many_requests when this key, or this kit, was refused too often of late */
  require(kit: string, applicant: string): void
  /** One more was refused. */
  count(kit: string, applicant: string): void
}

export interface RefusalLimits {
  readonly perApplicant: number
  readonly perKit: number
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
    require: (kit, applicant) => {
      require(`key ${applicant}`, limits.perApplicant)
      require(`kit ${kit}`, limits.perKit)
    },
    count: (kit, applicant) => {
      count(`key ${applicant}`)
      count(`kit ${kit}`)
    },
  }
}

const WINDOW = 10 * MINUTE
const LIMITS: RefusalLimits = { perApplicant: 20, perKit: 200 }
const MOST_REMEMBERED = 20_000
