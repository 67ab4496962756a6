// The extended definition of revoked (RFC 6960 §2.2): a responder may call a serial number revoked that no certificate
// ever had. It then says so by an extension of the response, and by a date and a reason that nothing else has.

import { ocspExtension } from './extensions.ts'
import type { BasicOcspResponse } from './response.ts'
import type { CertStatus } from './response-builder.ts'

/** What such a responder answers; `extendedRevoke` belongs into the response's extensions. */
export const NEVER_ISSUED: CertStatus = Object.freeze({
  status: 'revoked',
  revokedAt: new Date(0),
  reason: 'certificateHold',
})

/**
 * Whether an answer of this response means that there is no such certificate.
 * @throws der_malformed on an extension that is not its own type
 * @example
 * const extensions = [makeOcspExtension('extendedRevoke', true)]
 * assert.equal(isNeverIssued(NEVER_ISSUED, { extensions }), true)
 * assert.equal(isNeverIssued(NEVER_ISSUED, {}), false)
 */
export const isNeverIssued = (status: CertStatus, response: Pick<BasicOcspResponse, 'extensions'>): boolean =>
  status.status === 'revoked' &&
  status.revokedAt.getTime() === 0 &&
  status.reason === 'certificateHold' &&
  ocspExtension(response, 'extendedRevoke') === true
