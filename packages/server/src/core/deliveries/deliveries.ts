import { type DeliveryChannel, ENVIRONMENTS } from '@scel/contract/values'
import type { Tokens } from '../acting/once.ts'
import type { Report } from '../report.ts'
import type { Work } from '../work.ts'
import type { World } from '../world.ts'
import type { Carriers } from './carrier.ts'
import type { Channels } from './channel.ts'
import { createRounds } from './rounds.ts'

/** Brings what was left to be told to whom it is for: at least once, and tried again after pauses that grow, for three days. */
export interface Deliveries {
  /** Sends what is due. Never throws: what fails is told. Calls during one make it look again. */
  deliver(): Promise<void>
  /**
   * Begins no other, and waits for the one under way.
   * @param ending once it is aborted, that one is, too; it is sent again by the next start, or another desk
   */
  stop(ending?: AbortSignal): Promise<void>
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly channels: Channels
  readonly carriers: Carriers
  readonly tokens: Tokens
  readonly portal: string
  readonly report: Report
}

export function createDeliveries({ channels, carriers, ...needs }: Needs): Deliveries {
  const rounds = Object.entries(carriers).flatMap(([name, carrierIn]) => {
    if (!carrierIn) return []
    const channel = name as DeliveryChannel
    const rules = channels[channel]
    return ENVIRONMENTS.map((environment) => createRounds({ ...needs, channel, environment, rules, carrierIn }))
  })
  return {
    deliver: async () => void (await Promise.all(rounds.map(({ deliver }) => deliver()))),
    stop: async (ending) => void (await Promise.all(rounds.map(({ stop }) => stop(ending)))),
  }
}
