import { DeskError } from '@scel/contract/errors'

// SQLSTATE codes (PostgreSQL documentation, appendix A) that are not a mistake of the program.

/** Another run was in the way. Run again, this one finds the other's work done. */
const CONFLICTS: ReadonlySet<string> = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
])
/** unique_violation: both looked, neither saw the other. The next look sees; if not, it is no conflict but a mistake. */
const UNIQUE = '23505'
const LOOKS = 3

const FULL: ReadonlySet<string> = new Set(['53100'])
const DAMAGED: ReadonlySet<string> = new Set([
  'XX001', // data_corrupted
  'XX002', // index_corrupted
])
/**
 * Classes and codes of a server that is away, full of connections, broken, will not have us, or took too long; 25006 is a
 * standby.
 */
const GONE = /^(?:08|57P0|57014|55P03|25P0[34]|53[234]|58|XX00|28|3D|25006)/
/** too_many_connections: of the server, of the database, or of the role; also where the last ones are kept for superusers. */
const CROWDED = '53300'
/**
 * The server is there, and what the desk found at its start is not: insufficient_privilege, undefined_table, undefined_column,
 * undefined_function. The program asks for no other than it made itself, so that somebody else took it away.
 */
const ALTERED: ReadonlySet<string> = new Set(['42501', '42P01', '42703', '42883'])
/** Errors of the socket and of the pool carry names instead, or nothing but a text. */
const GONE_NAMES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
])
const POOL_WORDS =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error|connection timeout|Query read timeout|Client was closed|connection is closed/i

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Whether the run may succeed when it is run again, after so many attempts. */
export const isConflict = (error: unknown, attempt: number): boolean =>
  CONFLICTS.has(codeOf(error)) || (codeOf(error) === UNIQUE && attempt < LOOKS)

/**
 * Whether a statement was planned on this connection before a migration changed what it returns. The code alone says only that
 * something is not supported, and its words are in the server's language.
 */
export const isOutdated = (error: unknown): boolean =>
  codeOf(error) === '0A000' && (error as { routine?: unknown }).routine === 'RevalidateCachedQuery'

/** Whether the server itself said so and goes on with the connection; otherwise it is broken, or soon will be. */
export const isAnswered = (error: unknown): boolean =>
  /^(?!08|57P|58|XX|25P0[34])(?=.*\d)[0-9A-Z]{5}$/.test(codeOf(error))

/** Whether the server is there, and grants no further connection. */
export const isCrowded = (error: unknown): boolean => codeOf(error) === CROWDED

/** A mistake of the program when it happens in a read: 25006, read_only_sql_transaction. */
export const isWriteInRead = (error: unknown): boolean => codeOf(error) === '25006'

/** Tells a full disk and a lost or damaged database from mistakes in the program, which stay what they are. */
export function postgresFailure(error: unknown): unknown {
  const code = codeOf(error)
  if (FULL.has(code)) return new DeskError('storage_full', {}, error)
  if (DAMAGED.has(code)) return new DeskError('storage_damaged', {}, error)
  if (ALTERED.has(code)) return new DeskError('storage_altered', {}, error)
  if (GONE.test(code) || GONE_NAMES.has(code)) return new DeskError('storage_unavailable', {}, error)
  if (code === '' && error instanceof Error && POOL_WORDS.test(error.message)) {
    return new DeskError('storage_unavailable', {}, error)
  }
  return error
}
