import type { Work } from '../work.ts'

export type Listeners = Set<() => void>

/** The same work, which tells the listeners after every committed unit that left something in the outbox. */
export function watchedWork(work: Work, listeners: Listeners): Work {
  return {
    read: (run) => work.read(run),
    transaction: async (run, order) => {
      let left = false
      const value = await work.transaction((stores) => {
        left = false // the run may be a second one, after a conflict
        return run({
          ...stores,
          outbox: {
            append: (event) => {
              left = true
              return stores.outbox.append(event)
            },
            after: (scope, id, filter) => stores.outbox.after(scope, id, filter),
            waiting: () => stores.outbox.waiting(),
            latest: () => stores.outbox.latest(),
            purge: (before) => stores.outbox.purge(before),
          },
        })
      }, order)
      if (left) for (const listener of listeners) listener()
      return value
    },
  }
}
