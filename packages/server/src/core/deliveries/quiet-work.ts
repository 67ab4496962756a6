import type { Work } from '../work.ts'
import type { Carriers } from './carrier.ts'

/** The same work, without deliveries on the channels by which this desk tells nobody. */
export const quietWork = (work: Work, carriers: Carriers): Work => ({
  read: (run) => work.read(run),
  transaction: (run, order) =>
    work.transaction((stores) => {
      const { deliveries } = stores
      return run({
        ...stores,
        deliveries: {
          append: async (message) => (carriers[message.channel] ? deliveries.append(message) : undefined),
          claim: (channel, lasts, longest) => deliveries.claim(channel, lasts, longest),
          done: (one, answer) => deliveries.done(one, answer),
          postpone: (one, pause, answer) => deliveries.postpone(one, pause, answer),
          giveUp: (one, answer) => deliveries.giveUp(one, answer),
          sendAgain: (one) => deliveries.sendAgain(one),
          page: (scope, query) => deliveries.page(scope, query),
          find: (scope, number) => deliveries.find(scope, number),
          purge: (before) => deliveries.purge(before),
        },
      })
    }, order),
})
