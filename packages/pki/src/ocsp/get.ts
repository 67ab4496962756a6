// Requests in addresses: HTTP GET (RFC 6960 appendix A.1), whose answers caches may keep (RFC 5019 §6).

import { fromBase64, toBase64 } from '../bytes/index.ts'
import { fail, isPkiError } from '../errors/index.ts'

/**
 * What follows the responder's address and a slash when a request is sent by GET. RFC 5019 §5 has clients use POST when
 * the whole address would pass 255 characters.
 * @example
 * const certId = await makeCertId(sample.issuing.certificate, sample.server.certificate.serial)
 * const der = buildOcspRequest({ certIds: [certId] })
 * assert.deepEqual(ocspRequestOfPath(ocspGetPath(der)), der)
 */
export const ocspGetPath = (request: Uint8Array): string => encodeURIComponent(toBase64(request))

/**
 * The request in such a path, DER. Clients escape the slashes, plus and equals signs of base64 or not; both are read.
 * @throws ocsp_malformed
 * @example
 * assert.throws(() => ocspRequestOfPath('%%%'), (error) => hasCode(error, 'ocsp_malformed'))
 */
export function ocspRequestOfPath(path: string): Uint8Array {
  try {
    return fromBase64(decodeURIComponent(path))
  } catch (error) {
    if (isPkiError(error) || error instanceof URIError) return fail('ocsp_malformed', { what: 'path' }, error)
    throw error
  }
}
