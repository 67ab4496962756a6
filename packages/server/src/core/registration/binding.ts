import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import { refuse } from '@scel/contract/errors'
import { DerReader } from '@scel/pki/asn1'
import { toHex } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { attributeValue, type CertificateRequest } from '@scel/pki/x509'
import type { Finding } from './finding.ts'

/**
 * Whether the request names the applicant who sent it: whoever finds a request made by another cannot send it as their own.
 * A request made elsewhere names none; then the signature over the submission, or the session of whoever hands it in, is what binds it.
 * @param thumbprint of the applicant key, hex; undefined where no applicant asks
 * @throws DeskError csr_applicant_mismatch
 */
export function checkBinding(request: CertificateRequest, thumbprint: string | undefined): Finding {
  const named = thumbprintIn(request)
  if (named === undefined) return { code: 'applicant_not_bound', level: 'notice', facts: {} }
  return named === thumbprint
    ? { code: 'applicant_bound', level: 'good', facts: {} }
    : refuse('csr_applicant_mismatch', {})
}

/** Whether it says nothing of its applicant: then whoever has read it may have sent it. */
export const isUnbound = (request: CertificateRequest): boolean => thumbprintIn(request) === undefined

function thumbprintIn(request: CertificateRequest): string | undefined {
  try {
    const value = attributeValue(request, APPLICANT_THUMBPRINT_OID)
    return value && toHex(DerReader.whole(value, 'applicant thumbprint', (reader) => reader.octetString()))
  } catch (error) {
    if (isPkiError(error)) return refuse('csr_applicant_mismatch', {}, error)
    throw error
  }
}
