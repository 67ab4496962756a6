import { pemDecode } from '@scel/pki/bytes'
import {
  type Certificate,
  type CertificateRequest,
  extension,
  formatName,
  nameValue,
  parseRequest,
} from '@scel/pki/x509'

/** What somebody asks to be called, and what for. */
export interface RequestedContent {
  /** RFC 4514. */
  readonly subject: string
  /** Alternative names, each after its kind. */
  readonly names: readonly string[]
  /** Of extendedKeyUsage. */
  readonly purposes?: readonly string[]
}

/** Of a certificate request, PEM. @throws request_malformed, extension_malformed */
export function wishIn(csr: string): RequestedContent {
  const request = parseRequest(pemDecode(csr)[0]?.der ?? new Uint8Array())
  return { ...namesOf(request), purposes: extension(request, 'extendedKeyUsage') ?? [] }
}

/** What a machine's certificate is for, where it connects. */
export type ConnectingPurpose = 'clientAuth' | 'serverAuth'

/**
 * What a certificate has to be good for: what was asked for; of a request of which that was not remembered, what it says of itself.
 * Never nothing. @throws extension_malformed
 */
export function purposesAsked(
  certificate: Certificate,
  asked: RequestedContent | undefined,
): readonly ConnectingPurpose[] {
  const named = asked?.purposes ?? extension(certificate, 'extendedKeyUsage') ?? []
  const known = CONNECTING.filter((purpose) => named.includes(purpose))
  return known.length > 0 ? known : ['clientAuth']
}

const CONNECTING: readonly ConnectingPurpose[] = ['clientAuth', 'serverAuth']

/**
 * Whether a certificate calls its holder as it was asked for, and nothing else. A desk grants the subject as it stands in the request or
 * refuses it. It may leave names out, which it says when it takes the request, and add the common name to a server's; it never adds another.
 * @throws extension_malformed
 */
export function isAsWished(certificate: Certificate, { subject, names }: RequestedContent): boolean {
  const given = namesOf(certificate)
  const granted = new Set([...names, hostName(nameValue(certificate.subject, 'commonName') ?? '')])
  return given.subject === subject && given.names.every((name) => granted.has(name))
}

/** All that a certificate, or a request for one, calls its holder. @throws extension_malformed */
export function namesOf(said: Certificate | CertificateRequest): RequestedContent {
  const names = (extension(said, 'subjectAltName') ?? []).map((name) =>
    name.kind === 'dNSName' ? hostName(name.value) : `${name.kind} ${'value' in name ? name.value : ''}`,
  )
  return { subject: formatName(said.subject, 'rfc4514'), names }
}

/** In one line, for people. */
export const wishText = ({ subject, names }: RequestedContent): string => [subject, ...names].join('; ')

/** In small letters, as desks write those that were asked for in any. */
const hostName = (name: string): string => `dNSName ${name.toLowerCase()}`
