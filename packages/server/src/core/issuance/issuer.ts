import { extension, type Name, parseCertificate } from '@scel/pki/x509'
import type { Authority } from '../authorities/authority.ts'

/** What issuing needs of an authority, read from its certificate once: authorities do not change. */
export interface Issuer {
  readonly authority: Authority
  readonly name: Name
  readonly spki: Uint8Array
  readonly keyIdentifier: Uint8Array
  readonly notAfter: Date
}

const known = new WeakMap<Authority, Issuer>()

export function issuerOf(authority: Authority): Issuer {
  let issuer = known.get(authority)
  if (!issuer) {
    const certificate = parseCertificate(authority.certificate)
    const keyIdentifier = extension(certificate, 'subjectKeyIdentifier')
    if (!keyIdentifier) throw new Error(`authority ${authority.id} has no subject key identifier`)
    const { subject: name, notAfter } = certificate
    issuer = Object.freeze({ authority, name, spki: certificate.publicKey.spki, keyIdentifier, notAfter })
    known.set(authority, issuer)
  }
  return issuer
}
