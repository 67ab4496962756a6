import { equal } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { TimeStampRequest } from './request.ts'
import type { TstInfo } from './tst-info.ts'

/**
 * Whether a stamp is the answer to a request: the same imprint, nonce and policy (RFC 3161 §2.4.2). The signature
 * around it is another matter.
 * @throws time_stamp_malformed, `what` naming the field that differs
 * @example
 * const request = { imprint: await imprintOf(sample.crl), nonce: 7n }
 * const stamp = { policy: '1.2.3', imprint: request.imprint, serial: Uint8Array.of(1), genTime: sample.at }
 * checkTimeStamp(parseTstInfo(buildTstInfo({ ...stamp, nonce: 7n })), request)
 * const replayed = parseTstInfo(buildTstInfo({ ...stamp, nonce: 8n }))
 * assert.throws(() => checkTimeStamp(replayed, request), (error) => hasCode(error, 'time_stamp_malformed'))
 */
export function checkTimeStamp(info: TstInfo, request: Pick<TimeStampRequest, 'imprint' | 'nonce' | 'policy'>): void {
  if (info.imprint.digest !== request.imprint.digest || !equal(info.imprint.hash, request.imprint.hash)) {
    differs('message imprint')
  }
  // A request without a nonce takes any answer; one with a nonce only its own.
  if (request.nonce !== undefined && info.nonce !== request.nonce) differs('nonce')
  if (request.policy !== undefined && info.policy !== request.policy) differs('policy')
}

const differs = (what: string): never => fail('time_stamp_malformed', { what })
