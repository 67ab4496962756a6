import { nameKey } from '@scel/contract/letters'
import type { AuthorityPurpose } from '@scel/contract/values'
import { formatName, type Name, nameValue, parseCertificate } from '@scel/pki/x509'
import type { Authority } from '../authorities/authority.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { sha256 } from '../hash.ts'
import { type Instant, instant } from '../world.ts'
import { canReceive } from './can-receive.ts'
import { type Intent, ownerOfIntent, requestOfIntent } from './intent.ts'

/** The row of a certificate that was just signed: everything is read from the certificate itself. */
export async function issuedCertificate(intent: Intent, der: Uint8Array, at: Instant): Promise<Certificate> {
  if (intent.profile === undefined) throw new Error(`intent ${intent.id} has no profile`)
  const certificate = parseCertificate(der)
  const commonName = commonNameOf(certificate.subject)
  const request = requestOfIntent(intent)
  return {
    id: intent.certificate,
    environment: intent.environment,
    ...(intent.organisation === undefined ? {} : { organisation: intent.organisation }),
    ...(intent.service === undefined ? {} : { service: intent.service }),
    profile: intent.profile,
    authority: intent.authority,
    serial: certificate.serialHex,
    commonName,
    subject: formatName(certificate.subject, 'rfc4514'),
    subjectKey: nameKey(commonName),
    der,
    fingerprint: await sha256(der),
    key: await sha256(certificate.publicKey.spki),
    notBefore: instant(certificate.notBefore),
    notAfter: instant(certificate.notAfter),
    issuedAt: at,
    receives: canReceive(certificate),
    owner: ownerOfIntent(intent),
    ...(request === undefined ? {} : { request }),
  }
}

/** The row of an authority whose certificate was just signed. */
export function issuedAuthority(
  intent: Intent,
  purpose: AuthorityPurpose,
  der: Uint8Array,
  fingerprint: string,
  at: Instant,
): Authority {
  if (intent.subjectKeyId === undefined) throw new Error(`intent ${intent.id} has no key`)
  const certificate = parseCertificate(der)
  return {
    id: intent.certificate,
    environment: intent.environment,
    purpose,
    name: commonNameOf(certificate.subject),
    subject: formatName(certificate.subject, 'rfc4514'),
    ...(intent.authority === intent.certificate ? {} : { parent: intent.authority }),
    keyId: intent.subjectKeyId,
    serial: certificate.serialHex,
    certificate: der,
    fingerprint,
    notBefore: instant(certificate.notBefore),
    notAfter: instant(certificate.notAfter),
    createdAt: at,
  }
}

const commonNameOf = (name: Name): string => nameValue(name, 'commonName') ?? ''
