import { networkOf } from '../../../core/network.ts'

/** How many connections a door holds at once. */
export interface Capacity {
  readonly total: number
  /** From one network address; of IPv6, from one /64. */
  readonly perNetwork: number
}

/** Why a connection is refused before anything was read from it. */
export type NoRoom = 'full' | 'crowded'

/** The places of one door. */
export interface Room {
  readonly held: number
  /** Takes a place, unless the door is full, or crowded by the network that the connection comes from. */
  enter(address: string): NoRoom | undefined
  leave(address: string): void
}

export function makeRoom({ total, perNetwork }: Capacity): Room {
  const held = new Map<string, number>()
  let all = 0
  return {
    get held() {
      return all
    },
    enter(address) {
      const network = networkOf(address)
      const own = held.get(network) ?? 0
      if (own >= perNetwork) return 'crowded'
      if (all >= total) return 'full'
      held.set(network, own + 1)
      all++
      return undefined
    },
    leave(address) {
      const network = networkOf(address)
      const own = held.get(network) ?? 0
      if (own > 1) held.set(network, own - 1)
      else held.delete(network)
      all--
    },
  }
}

const DOORS = 3
const MOST = 10_000

/**
 * What each door may hold of the files that this process may have open. A quarter of them stays for the work itself: its
 * jobs read keys and write lists whatever stands before the doors. No network has more than half of a door.
 *
 * @param openFiles how many files the system lets this process open; undefined where it sets no limit
 */
export function capacityOf(openFiles: number | undefined, perNetwork: number): Capacity {
  const total = openFiles === undefined ? MOST : Math.min(MOST, Math.max(8, Math.floor((openFiles * 3) / 4 / DOORS)))
  return { total, perNetwork: Math.min(perNetwork, Math.floor(total / 2)) }
}
