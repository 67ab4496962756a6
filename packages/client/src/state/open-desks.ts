import { stop } from '../ui/cli-error.ts'
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

/** The desks that were asked so far, of one environment or of all. @throws no_desk, record_malformed */
export async function knownDesks(desks: Desks, environment: string | undefined): Promise<NamedRecord[]> {
  const wanted = (await desks.records()).filter(
    ({ record }) => environment === undefined || record.environment === environment,
  )
  return wanted.length > 0 ? wanted : stop('no_desk')
}

/**
 * The desk that a request number belongs to. A number that no record has is looked for at the only desk there is.
 * @throws request_ambiguous, request_unknown
 */
export function deskOfRequest(desks: readonly NamedRecord[], number: number): NamedRecord {
  // A desk may list whatever numbers it likes; of which a key was made, this machine knows itself.
  const made = desks.filter(({ record }) => record.keys[number] !== undefined)
  const listing = desks.filter(({ record }) => record.requests.some((request) => request.number === number))
  const holding = made.length > 0 ? made : listing
  const candidates = holding.length > 0 ? holding : desks
  if (candidates.length > 1) stop(holding.length > 0 ? 'request_ambiguous' : 'request_unknown', { number })
  return candidates[0] ?? stop('request_unknown', { number })
}
