import type { DeliveryChannel } from '@scel/contract/values'
import type { Stores, Work } from '../work.ts'
import type { CarrierIn, Carriers } from './carrier.ts'
import type { ChannelRules, Channels } from './channel.ts'
import { type Fact, placeOf } from './fact.ts'

/** The same work, in which those channels hear of what happens by which this desk tells somebody in its environment. */
export function tellingWork(work: Work, channels: Channels, carriers: Carriers): Work {
  const told = Object.entries(carriers).flatMap(([name, carrierIn]) => {
    const channel = name as DeliveryChannel
    return carrierIn ? [{ channel, carrierIn, rules: channels[channel] }] : []
  })
  return {
    read: (run) => work.read(run),
    transaction: (run, order) =>
      work.transaction((stores) => run({ ...stores, facts: { announce: (fact) => leave(stores, told, fact) } }), order),
  }
}

interface Told {
  readonly channel: DeliveryChannel
  readonly carrierIn: CarrierIn
  readonly rules: ChannelRules
}

/** Leaves the messages of a fact, of each channel its own. */
async function leave(stores: Stores, told: readonly Told[], fact: Fact): Promise<void> {
  const { environment, organisation } = placeOf(fact)
  const of = { environment, ...(organisation !== undefined && { organisation }), at: fact.at }
  for (const { channel, carrierIn, rules } of told) {
    if (!(await carrierIn(environment, stores))) continue
    for (const telling of await rules.messagesOf(stores, fact)) {
      await stores.deliveries.append({ channel, ...telling, ...of })
    }
  }
}
