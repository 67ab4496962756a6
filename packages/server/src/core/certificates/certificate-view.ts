import type * as contract from '@scel/contract/values'
import { nameText } from '@scel/files/request'
import { pemEncode } from '@scel/pki/bytes'
import { extension, type PublicKeyInfo, parseCertificate, publicKeyInfo } from '@scel/pki/x509'
import type { Authority } from '../authorities/authority.ts'
import { issuerOf } from '../issuance/issuer.ts'
import { type Profiles, refOf } from '../profiles/profiles.ts'
import type { Instant } from '../world.ts'
import type { CertificateEntry } from './certificate.ts'
import { certificateStatus } from './certificate-status.ts'

export function summaryOf(entry: CertificateEntry, now: Instant, profiles: Profiles): contract.CertificateSummary {
  const { organisationRef, serviceRef, revoked } = entry
  return {
    id: entry.id,
    profile: refOf(profiles, entry.profile),
    status: certificateStatus(entry, now),
    commonName: entry.commonName,
    subject: entry.subject,
    serial: entry.serial,
    issuer: { id: entry.issuerRef.id, name: entry.issuerRef.name },
    ...(organisationRef
      ? { organisation: { id: organisationRef.id, code: organisationRef.code, name: organisationRef.name } }
      : {}),
    ...(serviceRef ? { service: { ...serviceRef } } : {}),
    ...(entry.request === undefined ? {} : { request: entry.request }),
    notBefore: entry.notBefore,
    notAfter: entry.notAfter,
    ...(revoked ? { revokedAt: revoked.at, revocationReason: revoked.reason } : {}),
    ...(revoked?.compromisedAt ? { compromisedAt: revoked.compromisedAt } : {}),
  }
}

/** @param chain the issuer first, the root last */
export function detailOf(
  entry: CertificateEntry,
  chain: readonly Authority[],
  now: Instant,
  profiles: Profiles,
  may: contract.CertificateDetail['may'],
): contract.CertificateDetail {
  const certificate = parseCertificate(entry.der)
  const { kind, bits } = certificate.publicKey
  const access = extension(certificate, 'authorityInfoAccess') ?? []
  const points = extension(certificate, 'crlDistributionPoints') ?? []
  const link: contract.ChainLink = {
    name: entry.commonName,
    subject: entry.subject,
    serial: entry.serial,
    fingerprint: entry.fingerprint,
    notBefore: entry.notBefore,
    notAfter: entry.notAfter,
    key: keyText(certificate.publicKey),
  }
  return {
    ...summaryOf(entry, now, profiles),
    key: { kind, bits, fingerprint: entry.key },
    signatureAlgorithm: certificate.signatureAlgorithm.row?.name ?? certificate.signatureAlgorithm.oid,
    fingerprint: entry.fingerprint,
    usages: [...(extension(certificate, 'keyUsage') ?? [])],
    extendedUsages: [...(extension(certificate, 'extendedKeyUsage') ?? [])],
    names: (extension(certificate, 'subjectAltName') ?? []).map(nameText),
    crl: points.flatMap((point) => (point.fullName ?? []).map(nameText)),
    ocsp: access.filter(({ method }) => method === 'ocsp').map(({ location }) => nameText(location)),
    chain: [link, ...chain.map(linkOf)],
    pem: pemEncode('CERTIFICATE', entry.der),
    issuedAt: entry.issuedAt,
    may,
  }
}

const linkOf = (authority: Authority): contract.ChainLink => ({
  name: authority.name,
  subject: authority.subject,
  serial: authority.serial,
  fingerprint: authority.fingerprint,
  notBefore: authority.notBefore,
  notAfter: authority.notAfter,
  key: keyText(publicKeyInfo(issuerOf(authority).spki)),
  authority: authority.id,
})

const keyText = ({ spec, kind, bits }: PublicKeyInfo): string => spec ?? `${kind}-${bits}`
