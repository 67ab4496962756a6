import type { FastifyBaseLogger } from 'fastify'
import { networkOf } from '../../../core/network.ts'
import { plainAddress } from './peer-address.ts'
import type { NoRoom } from './room.ts'

/**
 * Why a door has hung up on somebody: no room, no word in time, no HTTP, no agreement on TLS, too many calls at once, answers
 * that are not read, bodies that do not end, bodies in crumbs.
 */
export type Refusal = NoRoom | 'silent' | 'garbage' | 'handshake' | 'greedy' | 'unread' | 'unfinished' | 'crumbs'

/** Counts whom a door hangs up on, and tells it in one line a minute: a flood must not fill the log as well. */
export interface Refusals {
  /** @param address as the system gives it: a door that takes both families writes IPv4 in another form */
  count(why: Refusal, address: string | undefined): void
  /** Says what was not said yet, and ends. */
  close(): void
}

const EVERY = 60_000
/** Networks that are counted one by one; what comes from others counts together. */
const NETWORKS = 1_000
const WORST = 5
const WORTH_A_LOOK = ['crowded', 'full', 'silent', 'greedy', 'unread', 'unfinished', 'crumbs'] as const

/** @param log of the door, so that the line says which one */
export function makeRefusals(log: Pick<FastifyBaseLogger, 'info' | 'warn'>, every: number = EVERY): Refusals {
  let why: Partial<Record<Refusal, number>> = {}
  const networks = new Map<string, number>()

  const tell = (): void => {
    const refused = Object.values(why).reduce((sum, count) => sum + count, 0)
    if (refused === 0) return
    const worst = [...networks]
      .sort(([, a], [, b]) => b - a)
      .slice(0, WORST)
      .map(([network, count]) => ({ network, count }))
    // Somebody was sent away who may have had a reason to come, or tries what nobody has a reason to.
    const level = WORTH_A_LOOK.some((reason) => why[reason]) ? 'warn' : 'info'
    log[level]({ refused, why, worst }, 'connections refused')
    why = {}
    networks.clear()
  }
  const timer = setInterval(tell, every).unref()

  return {
    count(reason, address) {
      why[reason] = (why[reason] ?? 0) + 1
      const network = address === undefined ? 'unknown' : networkOf(plainAddress(address))
      const key = networks.has(network) || networks.size < NETWORKS ? network : 'others'
      networks.set(key, (networks.get(key) ?? 0) + 1)
    },
    close() {
      clearInterval(timer)
      tell()
    },
  }
}
