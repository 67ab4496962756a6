// The status of one certificate by OCSP responses at hand. What a response proves is for ocsp/ to say; here they are
// chosen and counted.

import { equal } from '../bytes/index.ts'
import { hasCode, isPkiError, type PkiError } from '../errors/index.ts'
import type { OcspResponse } from '../ocsp/index.ts'
import { verifyOcspResponse } from '../ocsp/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { TrustAnchor } from './options.ts'
import type { RevocationFinding } from './result.ts'
import type { Ground } from './search.ts'

/** `unknown` is not good: neither when a responder says so nor when none spoke. @throws path_too_costly */
export async function statusByOcsp(
  certificate: Certificate,
  issuer: TrustAnchor,
  responses: readonly OcspResponse[],
  { at, budget }: Ground,
  checkDelegate: (delegate: Certificate) => Promise<void>,
): Promise<RevocationFinding> {
  let good: OcspResponse | undefined
  let why: PkiError | undefined
  for (const response of responses) {
    if (!response.basic?.responses.some(({ certId }) => equal(certId.serial, certificate.serial))) continue
    budget.spend('steps')
    budget.spend('signatures', 2) // the response, and the certificate of a delegated responder
    try {
      const answer = await verifyOcspResponse(response, { issuer, serial: certificate.serial, at, checkDelegate })
      if (answer.status === 'revoked') {
        const { revokedAt, reason } = answer
        const revoked = Object.freeze({ at: revokedAt, ...(reason ? { reason } : {}) })
        return Object.freeze({ certificate, status: 'revoked', revoked, ocsp: response })
      }
      if (answer.status === 'good') good ??= response
    } catch (error) {
      if (!isPkiError(error) || hasCode(error, 'path_too_costly')) throw error
      if (!why || hasCode(error, 'ocsp_outdated')) why = error
    }
  }
  if (good) return Object.freeze({ certificate, status: 'good', ocsp: good })
  return Object.freeze({ certificate, status: 'unknown', ...(why ? { why } : {}) })
}
