import { isPkiError } from '@scel/pki/errors'
import { extension, parseCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'

/**
 * Whether a person's certificate is one that people sign in with: it says so itself. Another one (for mail alone) is theirs, and no credential. What
 * nobody can read is looked at as if it were.
 */
export function isForSignIn({ der }: Pick<Certificate, 'der'>): boolean {
  try {
    return (extension(parseCertificate(der), 'extendedKeyUsage') ?? []).includes('clientAuth')
  } catch (error) {
    if (isPkiError(error)) return true
    throw error
  }
}
