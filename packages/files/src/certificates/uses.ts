import { mayReceive, maySign } from '@scel/pki/cms'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, extension } from '@scel/pki/x509'

/** What a certificate is for, as people ask for it: signing, opening what was sealed for it, being known as a client or as a server. */
export type CertificateUse = 'sign' | 'open' | 'client' | 'server'

/** TLS is named where the certificate names it; what cannot be read is for nothing. */
export function usesOf(certificate: Certificate): readonly CertificateUse[] {
  const purposes = purposesOf(certificate)
  return [
    ...(maySign(certificate) ? (['sign'] as const) : []),
    ...(mayReceive(certificate) ? (['open'] as const) : []),
    ...(purposes.includes('clientAuth') ? (['client'] as const) : []),
    ...(purposes.includes('serverAuth') ? (['server'] as const) : []),
  ]
}

function purposesOf(certificate: Certificate): readonly string[] {
  try {
    return extension(certificate, 'extendedKeyUsage') ?? []
  } catch (error) {
    if (isPkiError(error)) return []
    throw error
  }
}
