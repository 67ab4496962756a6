import { type PublicKeyFacts, publicKeyFacts } from '@scel/files/certificates'
import { toHex } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, fingerprint, formatName, parseCertificate, sameName, verifyIssuedBy } from '@scel/pki/x509'
import { generalNameText, signatureName } from './common.ts'
import { extensionValue, type ReadExtension, readExtensions, unknownIn } from './extensions.ts'

/** A certificate as `scel inspect --json` prints it. */
export interface CertificateFacts {
  readonly kind: 'certificate'
  readonly version: number
  readonly subject: string
  readonly issuer: string
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
  readonly status: 'valid' | 'expired' | 'not yet valid'
  readonly key: PublicKeyFacts
  readonly signatureAlgorithm: string
  readonly selfSigned: boolean
  readonly fingerprint: string
  readonly names: readonly string[]
  readonly authority: boolean
  readonly pathLength?: number
  readonly keyUsage: readonly string[]
  readonly extendedKeyUsage: readonly string[]
  readonly crl: readonly string[]
  readonly ocsp: readonly string[]
  readonly issuerCertificate: readonly string[]
  readonly keyIdentifier?: string
  readonly issuerKeyIdentifier?: string
  /** Every extension in the order of the certificate, with its value. */
  readonly extensions: readonly ReadExtension[]
  /** OIDs of extensions that scel does not know. */
  readonly otherExtensions: readonly string[]
}

/** @throws certificate_malformed, der_malformed */
export async function certificateFacts(der: Uint8Array, now: Date): Promise<CertificateFacts> {
  const certificate = parseCertificate(der)
  const extensions = readExtensions(certificate)
  const constraints = extensionValue(extensions, 'basicConstraints')
  const points = extensionValue(extensions, 'crlDistributionPoints') ?? []
  const access = extensionValue(extensions, 'authorityInfoAccess') ?? []
  const at = (method: string): string[] =>
    access.filter((one) => one.method === method).map(({ location }) => generalNameText(location))
  const keyIdentifier = extensionValue(extensions, 'subjectKeyIdentifier')
  const issuerKeyIdentifier = extensionValue(extensions, 'authorityKeyIdentifier')?.keyIdentifier
  return {
    kind: 'certificate',
    version: certificate.version,
    subject: formatName(certificate.subject, 'rfc4514'),
    issuer: formatName(certificate.issuer, 'rfc4514'),
    serial: certificate.serialHex,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    status: statusOf(certificate, now),
    key: await publicKeyFacts(certificate.publicKey),
    signatureAlgorithm: signatureName(certificate.signatureAlgorithm),
    selfSigned: await isSelfSigned(certificate),
    fingerprint: await fingerprint(der),
    names: (extensionValue(extensions, 'subjectAltName') ?? []).map(generalNameText),
    authority: constraints?.ca ?? false,
    ...(constraints?.pathLength === undefined ? {} : { pathLength: constraints.pathLength }),
    keyUsage: extensionValue(extensions, 'keyUsage') ?? [],
    extendedKeyUsage: extensionValue(extensions, 'extendedKeyUsage') ?? [],
    crl: points.flatMap(({ fullName = [] }) => fullName.map(generalNameText)),
    ocsp: at('ocsp'),
    issuerCertificate: at('caIssuers'),
    ...(keyIdentifier ? { keyIdentifier: toHex(keyIdentifier) } : {}),
    ...(issuerKeyIdentifier ? { issuerKeyIdentifier: toHex(issuerKeyIdentifier) } : {}),
    extensions,
    otherExtensions: unknownIn(extensions),
  }
}

function statusOf({ notBefore, notAfter }: Certificate, now: Date): CertificateFacts['status'] {
  if (now < notBefore) return 'not yet valid'
  return now > notAfter ? 'expired' : 'valid'
}

async function isSelfSigned(certificate: Certificate): Promise<boolean> {
  try {
    return sameName(certificate.subject, certificate.issuer) && (await verifyIssuedBy(certificate, certificate))
  } catch (error) {
    if (isPkiError(error)) return false // an algorithm that we do not verify is shown as such in its own line
    throw error
  }
}
