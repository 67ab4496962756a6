import { type NamedRecord, readDeskRecords } from './desk-record.ts'
import type { Paths } from './paths.ts'

/**
 * The desks that this user has met, by their records. These are read from disk once a run, when they are first asked for: every part of a
 * command judges by the same. Whoever changes a record reads it again, under their turn.
 */
export interface Desks {
  /** Sorted by name. @throws record_malformed */
  records(): Promise<readonly NamedRecord[]>
}

export function openDesks(paths: Paths): Desks {
  let all: Promise<readonly NamedRecord[]> | undefined
  return {
    records: () => {
      all ??= readDeskRecords(paths)
      return all
    },
  }
}

/** Those of the desks that took a request: whose roots count, and who are asked about others. @throws record_malformed */
export async function enrolledDesks(desks: Desks): Promise<readonly NamedRecord[]> {
  return (await desks.records()).filter(({ record }) => record.enrolledAt !== undefined)
}
