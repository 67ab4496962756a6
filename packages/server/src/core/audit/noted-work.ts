import type { Work } from '../work.ts'
import type { Instant } from '../world.ts'
import type { AppendedLine } from './audit.port.ts'

export interface NotedLine extends AppendedLine {
  readonly at: Instant
}

/** Who follows which lines of the log are stored. */
export interface Notes {
  /** A unit begins, perhaps once more. @returns told of each line that it writes; what it throws ends the unit */
  begin(): (line: NotedLine) => void
  /** Told of the last line of a unit, once it is stored. */
  stored(line: NotedLine): void
}

/** The same work, which tells of the lines of the log that its units write. */
export const notedWork = (work: Work, notes: Notes): Work => ({
  read: (run) => work.read(run),
  transaction: async (run, order) => {
    let last: NotedLine | undefined
    const value = await work.transaction((stores) => {
      last = undefined // the run may be a second one, after a conflict
      const written = notes.begin()
      const { audit } = stores
      return run({
        ...stores,
        audit: {
          append: async (event) => {
            const line = { ...(await audit.append(event)), at: event.at }
            written(line)
            last = line
            return line
          },
          newest: () => audit.newest(),
          page: (scope, query) => audit.page(scope, query),
          leafOf: (number) => audit.leafOf(number),
        },
      })
    }, order)
    if (last) notes.stored(last)
    return value
  },
})
