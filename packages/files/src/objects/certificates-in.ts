import { readCertificateBag } from '@scel/pki/cms'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import { objectsIn } from './objects-in.ts'

/**
 * The certificates in a file that needs no passphrase, in order: DER, PEM with any number of them, or a bag.
 * @throws certificate_malformed, cms_malformed, der_malformed, and what `objectsIn` throws
 */
export const certificatesIn = (content: Uint8Array): Certificate[] =>
  objectsIn(content).flatMap((found) => {
    if (found.kind === 'certificate') return parseCertificate(found.der)
    return found.kind === 'certificate bag' ? readCertificateBag(found.der).certificates.map(parseCertificate) : []
  })
