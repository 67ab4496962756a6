// PKIStatusInfo (RFC 3161 §2.4.2): whether there is a time stamp, and why not.

import type { DerReader } from '../asn1/index.ts'
import { integer, namedBits, sequence, string, TAG } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'

/** Whether a time stamp was given. */
export type TimeStampStatus = keyof typeof STATUSES
/** Why a request was rejected. */
export type TimeStampFailure = keyof typeof FAILURES

export interface StatusInfo {
  readonly status: TimeStampStatus
  /** What the service says to people. */
  readonly texts: readonly string[]
  readonly failures: readonly TimeStampFailure[]
}

const STATUSES = {
  granted: 0,
  grantedWithMods: 1,
  rejection: 2,
  waiting: 3,
  revocationWarning: 4,
  revocationNotification: 5,
} as const

/** Numbers of the bits of PKIFailureInfo that a time-stamp service may set. */
const FAILURES = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
} as const

const statusNames = new Map<number, TimeStampStatus>(
  Object.entries(STATUSES).map(([name, number]) => [number, name as TimeStampStatus]),
)
const failureNames = new Map<number, TimeStampFailure>(
  Object.entries(FAILURES).map(([name, bit]) => [bit, name as TimeStampFailure]),
)

/** Whether a token comes with it. */
export const isGranted = (status: TimeStampStatus): boolean => status === 'granted' || status === 'grantedWithMods'

export function readStatusInfo(outer: DerReader): StatusInfo {
  return outer.sequence((fields) => {
    const status = statusNames.get(fields.smallInteger()) ?? malformed('status')
    const texts = fields.optional(TAG.sequence, (list) => list.sequenceOf(readText)) ?? []
    const failures = fields.optional(TAG.bitString, readFailures) ?? []
    return { status, texts: Object.freeze(texts), failures: Object.freeze(failures) }
  })
}

export const writeStatusInfo = ({ status, texts, failures }: StatusInfo): Uint8Array =>
  sequence(
    integer(STATUSES[status]),
    texts.length === 0 ? [] : [sequence(texts.map((text) => string('UTF8String', text)))],
    failures.length === 0 ? [] : [namedBits(failures.map((failure) => FAILURES[failure]))],
  )

const readText = (list: DerReader): string => (list.tag === TAG.utf8String ? list.string().text : list.malformed())

/** "MUST NOT be any other": a reason that nobody can read is no reason. */
function readFailures(fields: DerReader): TimeStampFailure[] {
  return fields.namedBits().map((bit) => failureNames.get(bit) ?? malformed('failInfo'))
}

const malformed = (what: string): never => fail('time_stamp_malformed', { what })
