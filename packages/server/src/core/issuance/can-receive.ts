import type { Certificate } from '@scel/pki/x509'
import { extension } from '@scel/pki/x509'

/**
 * Whether files can be sealed to a certificate: its purpose is mail, and its key may encipher (RSA) or agree (elliptic
 * curves), as RFC 8551 §4.4.2 and §4.4.4 ask.
 */
export function canReceive(certificate: Pick<Certificate, 'extensions'>): boolean {
  const usages = extension(certificate, 'keyUsage') ?? []
  const purposes = extension(certificate, 'extendedKeyUsage') ?? []
  return purposes.includes('emailProtection') && usages.some((usage) => RECEIVING.has(usage))
}

const RECEIVING: ReadonlySet<string> = new Set(['keyEncipherment', 'keyAgreement'])
