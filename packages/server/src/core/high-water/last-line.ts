import { refuse } from '@scel/contract/errors'
import type { AppendedLine } from '../audit/audit.port.ts'
import type { NotedLine, Notes } from '../audit/noted-work.ts'
import type { Readers } from '../work.ts'

// The mark beside the keys is written once a minute. A server of databases may be exchanged at any moment, for one that lacks what was
// acknowledged since; so the desk also knows, as long as it runs, the last line of the log that it has stored itself.

export type StoredLine = NotedLine

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
 * Keeps the last line that a unit has stored. A unit that would give a number a second time meets an older copy, and is refused; what is
 * stored in one that is known to be older counts for nothing.
 *
 * @param isOlder whether the database is known to be an older copy
 * @param missed told of the line whose number is free again
 */
export const remembering = (lastLine: LastLine, isOlder: () => boolean, missed: (line: StoredLine) => void): Notes => ({
  begin: () => {
    // What is stored before a unit begins has a lower number than what it writes; what others store meanwhile need not.
    const before = lastLine.stored
    return ({ number }) => {
      if (!before || number > before.number || isOlder()) return
      missed(before)
      refuse('database_older', { since: before.at })
    }
  },
  stored: (line) => {
    if (!isOlder()) lastLine.keep(line)
  },
})
