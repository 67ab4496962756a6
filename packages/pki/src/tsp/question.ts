// A service is asked for a time stamp, and its answer is believed only when it answers that question (RFC 3161 §2.4).

import { toHex } from '../bytes/index.ts'
import { randomBytes } from '../crypto/index.ts'
import type { MessageImprint } from './message-imprint.ts'
import { buildTimeStampRequest } from './request.ts'
import { type TimeStampResponse, timeStampToken } from './response.ts'
import { type TimeStamp, type TimeStampTrust, verifyTimeStampToken } from './verify-token.ts'

/** What was asked of a time-stamp service. */
export interface TimeStampQuestion {
  /** The request, DER: `application/timestamp-query` over HTTP (§3.4). */
  readonly request: Uint8Array
  readonly imprint: MessageImprint
  /** The answer repeats it. */
  readonly nonce: bigint
}

/**
 * A question that no other is like, which wants the certificate of the service with the answer.
 * @throws time_stamp_malformed
 * @example
 * const { request, nonce } = newQuestion(await imprintOf(sample.crl))
 * assert.equal(parseTimeStampRequest(request).nonce, nonce)
 */
export function newQuestion(imprint: MessageImprint): TimeStampQuestion {
  // The highest bit is never set, so that services which read it as a signed number do not trip over it.
  const nonce = BigInt(`0x${toHex(randomBytes(8))}`) >> 1n
  return { request: buildTimeStampRequest({ imprint, nonce, wantsCertificate: true }), imprint, nonce }
}

/**
 * The token of a response and what it proves, only when it answers this question: imprint, nonce, signature, and a
 * certificate that leads to an anchor and is for nothing else.
 * @throws time_stamp_refused with the reason of the service; the errors of `verifyTimeStampToken`
 * @example
 * const question = newQuestion(await imprintOf(sample.crl))
 * const refused = parseTimeStampResponse(buildTimeStampResponse({ status: 'rejection', failures: ['badAlg'] }))
 * const trust = { anchors: [sample.root.certificate], at: sample.at, revocation: 'not-asked' as const }
 * await assert.rejects(answerTo(question, refused, trust), { code: 'time_stamp_refused' })
 */
export async function answerTo(
  { imprint, nonce }: TimeStampQuestion,
  response: TimeStampResponse,
  trust: TimeStampTrust,
): Promise<{ readonly token: Uint8Array; readonly stamp: TimeStamp }> {
  const token = timeStampToken(response)
  return { token, stamp: await verifyTimeStampToken(token, { ...trust, imprint, nonce }) }
}
