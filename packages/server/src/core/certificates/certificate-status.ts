import type { CertificateStatus } from '@scel/contract/values'
import type { Instant } from '../world.ts'
import type { Certificate } from './certificate.ts'

/** Revoked outweighs expired. */
export function certificateStatus(certificate: Certificate, now: Instant): CertificateStatus {
  if (certificate.revoked) return 'revoked'
  return certificate.notAfter < now ? 'expired' : 'valid'
}
