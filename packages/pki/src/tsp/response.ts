// Time-stamp responses (RFC 3161 §2.4.2). What the token is worth is for the verification of its signature to say.

import { DerReader, sequence } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { TimeStampFailure, TimeStampStatus } from './status.ts'
import { isGranted, readStatusInfo, writeStatusInfo } from './status.ts'

/** A response as it was received (RFC 3161 §2.4.2). */
export interface TimeStampResponse {
  readonly status: TimeStampStatus
  /** What the service says to people. */
  readonly texts: readonly string[]
  readonly failures: readonly TimeStampFailure[]
  /** CMS ContentInfo, DER, with the TSTInfo inside; present when the status is `granted` or `grantedWithMods`. */
  readonly token?: Uint8Array
}

/**
 * Reads a response; `application/timestamp-reply` over HTTP (§3.4).
 * @throws time_stamp_malformed also when status and token contradict each other; der_malformed, string_malformed,
 *   input_too_large
 * @example
 * const response = parseTimeStampResponse(buildTimeStampResponse({ status: 'rejection', failures: ['badAlg'] }))
 * assert.deepEqual(response.failures, ['badAlg'])
 */
export function parseTimeStampResponse(der: Uint8Array): TimeStampResponse {
  return DerReader.whole(
    der,
    'TimeStampResp',
    (reader) =>
      reader.sequence((fields) => {
        const info = readStatusInfo(fields)
        // "When the status contains the value zero or one, a TimeStampToken MUST be present" and otherwise must not.
        if (fields.done === isGranted(info.status)) malformed('token')
        return Object.freeze({ ...info, ...(fields.done ? {} : { token: fields.element() }) })
      }),
    { maxBytes: MAX_BYTES },
  )
}

/** What a response is made of. */
export interface TimeStampResponseInput {
  readonly status: TimeStampStatus
  readonly texts?: readonly string[]
  readonly failures?: readonly TimeStampFailure[]
  readonly token?: Uint8Array
}

/**
 * A response, DER.
 * @throws time_stamp_malformed when status and token contradict each other; string_malformed
 * @example
 * const der = buildTimeStampResponse({ status: 'waiting', texts: ['come back at noon'] })
 * assert.equal(parseTimeStampResponse(der).status, 'waiting')
 */
export function buildTimeStampResponse(input: TimeStampResponseInput): Uint8Array {
  const { status, texts = [], failures = [], token } = input
  if (isGranted(status) !== (token !== undefined)) malformed('token')
  return sequence(writeStatusInfo({ status, texts, failures }), token ? [token] : [])
}

/**
 * The token of a response.
 * @throws time_stamp_refused, its `status` being the reasons if there are any and otherwise the status
 * @example
 * const refused = parseTimeStampResponse(buildTimeStampResponse({ status: 'rejection', failures: ['badAlg'] }))
 * assert.throws(() => timeStampToken(refused), (error) => hasCode(error, 'time_stamp_refused'))
 */
export function timeStampToken({ token, status, failures }: TimeStampResponse): Uint8Array {
  return token ?? fail('time_stamp_refused', { status: failures.length > 0 ? failures.join(', ') : status })
}

const malformed = (what: string): never => fail('time_stamp_malformed', { what })
// A signature with its chain of certificates.
const MAX_BYTES = 256 * 1024
