import { element, TAG } from '@scel/pki/asn1'
import { parseCertificate } from '@scel/pki/x509'
import type { StoredCertificate } from '../module/protocol.ts'

/** A certificate in a token; it has the id of its key. */
export type TokenCertificate = StoredCertificate

/** What a token keeps beside a certificate, so that it can be found by it: DER. @throws PkiError certificate_malformed and the like */
export function certificateFields(der: Uint8Array): {
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
  readonly serial: Uint8Array
} {
  const { subject, issuer, serial } = parseCertificate(der)
  return { subject: subject.der, issuer: issuer.der, serial: element(TAG.integer, serial) }
}
