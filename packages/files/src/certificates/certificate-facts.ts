import { type Certificate, fingerprint, formatName } from '@scel/pki/x509'
import { addressesOf, calledBy } from './holder.ts'
import { type PublicKeyFacts, publicKeyFacts } from './key-facts.ts'

/** A certificate as data. What it says of names is as it stands: who shows it makes letters that act visible. */
export interface CertificateFacts {
  /** What people call the holder; the serial number where nothing else is said of them. */
  readonly name: string
  /** RFC 4514; empty where there is no name. */
  readonly subject: string
  /** RFC 4514. */
  readonly issuer: string
  /** What people call the issuer. */
  readonly issuerName: string
  /** Hex. */
  readonly serial: string
  readonly emails: readonly string[]
  /** SHA-256, hex. */
  readonly fingerprint: string
  readonly key: PublicKeyFacts
  /** Its specification in the library's key table, where it has one. */
  readonly spec?: string
  /** RFC 3339. */
  readonly notBefore: string
  readonly notAfter: string
}

export async function certificateFacts(certificate: Certificate): Promise<CertificateFacts> {
  const { subject, issuer, serialHex, publicKey, notBefore, notAfter } = certificate
  return {
    name: calledBy(subject) || serialHex,
    subject: formatName(subject, 'rfc4514'),
    issuer: formatName(issuer, 'rfc4514'),
    issuerName: calledBy(issuer),
    serial: serialHex,
    emails: addressesOf(certificate),
    fingerprint: await fingerprint(certificate.der),
    key: await publicKeyFacts(publicKey),
    ...(publicKey.spec ? { spec: publicKey.spec } : {}),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  }
}
