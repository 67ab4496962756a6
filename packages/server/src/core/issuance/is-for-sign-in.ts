import { isPkiError } from '@scel/pki/errors'
import { extension, parseCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'

/**
 * Whether a person's certificate says that it may be shown at doors, as those to sign in with do. Whether it is one, what asked for it says
 * (`SignIn`): this is asked where rows with a code that would say so may be gone. What
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
