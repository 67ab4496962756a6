import type { DeskWord } from '@scel/contract/kit'
import type { Environment, RequestSummary } from '@scel/contract/values'
import { stop } from '../ui/cli-error.ts'
import { namesIn, readIfPresent, removePrivate, writePrivate } from './files.ts'
import type { Paths } from './paths.ts'
import { takeTurns } from './take-turns.ts'

/** What is remembered of one desk and environment: where it is, what it is trusted by, and the requests made there. */
export interface DeskRecord {
  readonly format: 'scel-desk-record/3'
  /** As the desk itself said it last, under its root. */
  readonly desk: Pick<DeskWord, 'id' | 'name' | 'services'>
  readonly environment: Environment
  /** PEM. */
  readonly roots: DeskRoots
  /** When the desk said that. */
  readonly saidAt: string
  /** Where it ever said to be, `https://host:port`, in the order in which it left; where it is now may be among them. Absent for one that never moved. */
  readonly places?: readonly string[]
  /** Since when each of its words has it where it is. */
  readonly placedAt?: string
  /** The desk's word about each request, when it was last heard. */
  readonly requests: RequestSummary[]
  /** Which key of the store belongs to which request. */
  readonly keys: Readonly<Record<string, string>>
  /**
   * What each key's certificate was asked to say, by the key: a desk chooses numbers, and what it hands out for a key must be that
   * whatever number it gives it. Absent before the first.
   */
  readonly asked?: Readonly<Record<string, AskedNames>>
  readonly heardAt?: string
  /**
   * Since when the desk has a request of this machine. Without that, it is a desk that somebody handed out a kit of, and nothing is
   * trusted for its roots.
   */
  readonly enrolledAt?: string
}

/** See `DeskStatement`. */
export interface DeskRoots extends Pick<DeskWord['roots'], 'desk' | 'tls'> {
  /**
   * What certificates of this environment chain to. Production's is the desk's id; test's is the one that was heard first, or that a person has
   * compared since: who had the key of the desk's statements for a moment may have said any.
   */
  readonly environment: string
  /** Test's by the desk's newest word, where that is another one: nothing is judged by it. */
  readonly said?: string
}

/** Subject, alternative names and purposes, as the request for the certificate had them. */
export interface AskedNames {
  readonly subject: string
  readonly names: readonly string[]
  /** When it was about to be sent. */
  readonly sentAt?: string
  /** Of extendedKeyUsage. */
  readonly purposes?: readonly string[]
  /** The key was not made here: whoever made the request has it, and is handed the certificate. */
  readonly elsewhere?: true
}

/** Whether the key of a request is somewhere else. */
export const isElsewhere = ({ keys, asked = {} }: DeskRecord, number: number): boolean =>
  asked[keys[number] ?? '']?.elsewhere === true

/**
 * Whether the desk may have a request of this machine, by what is remembered here and not by what the desk says: one was on its way there,
 * or was answered.
 */
export const mayHaveRequest = ({ asked = {}, keys }: DeskRecord): boolean =>
  Object.keys(keys).length > 0 || Object.values(asked).some(({ sentAt }) => sentAt !== undefined)

/** Names a desk and environment on this machine: of the id, which is a digest, as much as nobody finds a second one for. */
export const deskName = (id: string, environment: Environment): string => `${environment}-${id.slice(0, 24)}`

/** Whether a name is one of a desk of that environment. */
export const isOfEnvironment = (name: string, environment: Environment): boolean => name.startsWith(`${environment}-`)

/** A record of the state folder with the name it has there. */
export interface NamedRecord {
  readonly name: string
  readonly record: DeskRecord
}

/** @throws record_malformed */
export const readDeskRecord = (paths: Paths, name: string): Promise<DeskRecord | undefined> =>
  readRecord(paths.deskRecord(name))

async function readRecord(file: string): Promise<DeskRecord | undefined> {
  const content = await readIfPresent(file, LIMIT)
  if (!content) return undefined
  const { isDeskRecord } = await import('./desk-record-schema.ts') // not for those who have met no desk
  try {
    const value: unknown = JSON.parse(content.toString('utf8'))
    if (isDeskRecord(value)) return value
  } catch {
    // said below
  }
  return stop('record_malformed', { file })
}

/** All records, sorted by name. @throws record_malformed */
export async function readDeskRecords(paths: Paths): Promise<NamedRecord[]> {
  const names = (await namesIn(paths.desks)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
  const all: NamedRecord[] = []
  for (const name of names) {
    const record = await readDeskRecord(paths, name)
    if (record) all.push({ name, record })
  }
  return all
}

/**
 * Changes a record, or makes it. It is read again right before, because `scel get --wait` may be running beside.
 * @throws record_malformed, file_unwritable, file_too_large, state_busy
 */
export async function changeDeskRecord(
  paths: Paths,
  name: string,
  change: (present: DeskRecord | undefined) => DeskRecord,
): Promise<DeskRecord> {
  return takeTurns(paths.desksTurn, async () => {
    const record = change(await readDeskRecord(paths, name))
    await write(paths, name, record)
    return record
  })
}

/**
 * Changes a record that was read before. One that somebody has had forgotten since stays forgotten; the answer is then what it would
 * have become.
 * @throws record_malformed, file_unwritable, file_too_large, state_busy
 */
export async function changeKnownDesk(
  paths: Paths,
  { name, record }: NamedRecord,
  change: (present: DeskRecord) => DeskRecord,
): Promise<DeskRecord> {
  return takeTurns(paths.desksTurn, async () => {
    const present = await readDeskRecord(paths, name)
    const changed = change(present ?? record)
    if (present) await write(paths, name, changed)
    return changed
  })
}

async function write(paths: Paths, name: string, record: DeskRecord): Promise<void> {
  const text = `${JSON.stringify(record, null, 2)}\n`
  const file = paths.deskRecord(name)
  // What could not be read again would end every command, also about other desks.
  if (Buffer.byteLength(text) > LIMIT) stop('file_too_large', { file, limit: LIMIT })
  await writePrivate(file, text)
}

/**
 * Nothing is known of the desk any more.
 * @param mayGo asked about the record as it is by then: another run may have heard of a request meanwhile
 * @throws whatever `mayGo` throws; record_malformed, file_unwritable, state_busy
 */
export async function forgetDesk(
  paths: Paths,
  name: string,
  mayGo: (present: DeskRecord) => boolean | Promise<boolean>,
): Promise<void> {
  await takeTurns(paths.desksTurn, async () => {
    const present = await readDeskRecord(paths, name)
    if (!present || !(await mayGo(present))) return
    await removePrivate(paths.deskRecord(name))
  })
}

const LIMIT = 16 * 1024 * 1024
