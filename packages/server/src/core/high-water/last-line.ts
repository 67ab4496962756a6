import { refuse } from '@scel/contract/errors'
import type { AppendedLine } from '../audit/audit.port.ts'
import type { Readers, Work } from '../work.ts'
import type { Instant } from '../world.ts'

// The mark beside the keys is written once a minute. A server of databases may be exchanged at any moment, for one that lacks what was
// acknowledged since; so the desk also knows, as long as it runs, the last line of the log that it has stored itself.

export interface StoredLine extends AppendedLine {
  readonly at: Instant
}

export interface LastLine {
  /** Of those that this process has stored, the one of the highest number. */
  readonly stored: StoredLine | undefined
  /** The number of it, or 0; other threads read it here. */
  readonly shared: LastNumber
  keep(line: StoredLine): void
  /** What was stored counts no more: somebody takes the database as it is. */
  forget(): void
}

/** The number of the last line that is stored, 0 for none. */
export type LastNumber = BigInt64Array<SharedArrayBuffer>

export function createLastLine(): LastLine {
  const shared: LastNumber = new BigInt64Array(new SharedArrayBuffer(8))
  let stored: StoredLine | undefined
  const set = (line: StoredLine | undefined): void => {
    stored = line
    Atomics.store(shared, 0, BigInt(line?.number ?? 0))
  }
  return {
    shared,
    get stored() {
      return stored
    },
    keep: (line) => {
      if (!stored || line.number > stored.number) set(line)
    },
    forget: () => set(undefined),
  }
}

/** Where a database lacks it: nothing stands there, or another line. */
export async function lackOf(
  { audit }: Pick<Readers, 'audit'>,
  line: AppendedLine,
): Promise<'cut' | 'altered' | undefined> {
  const leaf = await audit.leafOf(line.number)
  if (leaf === line.leaf) return undefined
  return leaf === undefined ? 'cut' : 'altered'
}

/**
 * The same work, which keeps the last line that a unit has stored. One that would give a number a second time meets an older copy, and is
 * refused; what is stored in one that is known to be older counts for nothing.
 *
 * @param isOlder whether the database is known to be an older copy
 * @param missed told of the line whose number is free again
 */
export const rememberingWork = (
  work: Work,
  lastLine: LastLine,
  isOlder: () => boolean,
  missed: (line: StoredLine) => void,
): Work => ({
  read: (run) => work.read(run),
  transaction: async (run, order) => {
    let written: StoredLine | undefined
    const value = await work.transaction((stores) => {
      written = undefined // the run may be a second one, after a conflict
      // What is stored before a unit begins has a lower number than what it writes; what others store meanwhile need not.
      const before = lastLine.stored
      const { audit } = stores
      return run({
        ...stores,
        audit: {
          append: async (event) => {
            const line = await audit.append(event)
            if (before && line.number <= before.number && !isOlder()) {
              missed(before)
              refuse('database_older', { since: before.at })
            }
            written = { ...line, at: event.at }
            return line
          },
          newest: () => audit.newest(),
          page: (scope, query) => audit.page(scope, query),
          leafOf: (number) => audit.leafOf(number),
        },
      })
    }, order)
    if (written && !isOlder()) lastLine.keep(written)
    return value
  },
})
