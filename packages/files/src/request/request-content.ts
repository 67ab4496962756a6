import {
  attributeByOid,
  type CertificateRequest,
  extension,
  extensionName,
  formatName,
  type GeneralName,
  type GeneralNameKind,
  type PublicKeyInfo,
} from '@scel/pki/x509'

/** What a certificate request says, as data. Names are as they stand: who shows them makes letters that act visible. */
export interface RequestContent {
  /** RFC 4514; empty where there is none. */
  readonly subject: string
  /** Its attributes in order, each under its short label (`CN`) or its OID. */
  readonly attributes: readonly RequestAttribute[]
  /** Alternative names. */
  readonly names: readonly RequestName[]
  readonly key: RequestKey
  /** OID of the signature. */
  readonly signature: string
  /** Undefined where the request leaves it open. */
  readonly keyUsage?: readonly string[]
  readonly extendedKeyUsage?: readonly string[]
  readonly basicConstraints?: { readonly ca: boolean }
  /** Extensions besides those, by name or OID. */
  readonly otherExtensions: readonly string[]
  /** Attributes of the request (PKCS #9 and others) besides its extensions, by OID; challenge passwords are never repeated. */
  readonly otherAttributes: readonly string[]
}

export interface RequestAttribute {
  readonly label: string
  /** As the library calls its type, where it has a name. */
  readonly type?: string
  readonly oid: string
  /** Empty where it is no text. */
  readonly value: string
}

export interface RequestName {
  readonly kind: GeneralNameKind
  readonly text: string
}

export interface RequestKey extends Pick<PublicKeyInfo, 'kind' | 'bits'> {
  /** In the library's key table, as `ec-p256`; undefined for a key that is not there. */
  readonly spec?: string
  /** The same, or else kind and size, or the OID. */
  readonly name: string
  /** An RSA exponent below 65537. */
  readonly smallExponent: boolean
}

/** @throws extension_malformed, and the other errors of extensions that do not read */
export function requestContentOf(request: CertificateRequest): RequestContent {
  const { subject, publicKey, extensions, attributes, signatureAlgorithm } = request
  const keyUsage = extension(request, 'keyUsage')
  const extendedKeyUsage = extension(request, 'extendedKeyUsage')
  const basicConstraints = extension(request, 'basicConstraints')
  return {
    subject: formatName(subject, 'rfc4514'),
    attributes: subject.rdns.flat().map(({ type, oid, value = '' }) => ({
      label: attributeByOid(oid)?.ldap ?? oid,
      ...(type === undefined ? {} : { type }),
      ...{ oid, value },
    })),
    names: (extension(request, 'subjectAltName') ?? []).map((name) => ({ kind: name.kind, text: nameText(name) })),
    key: requestKeyOf(publicKey),
    signature: signatureAlgorithm.oid,
    ...(keyUsage && { keyUsage }),
    ...(extendedKeyUsage && { extendedKeyUsage }),
    ...(basicConstraints && { basicConstraints: { ca: basicConstraints.ca } }),
    otherExtensions: extensions.map(({ oid }) => extensionName(oid) ?? oid).filter((name) => !READ.has(name)),
    otherAttributes: attributes.map(({ oid }) => oid).filter((oid) => !EXTENSION_REQUESTS.has(oid)),
  }
}

/** A name of an alternative-name extension as people read it. */
export function nameText(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return formatName(name.name, 'rfc4514')
    case 'otherName':
    case 'registeredID':
      return name.oid
    case 'unread':
      return name.kind
    default:
      return name.value
  }
}

export function requestKeyOf({ kind, bits, spec, oid, exponent }: PublicKeyInfo): RequestKey {
  const name = spec ?? (kind === 'other' ? oid : `${kind}-${bits}`)
  const smallExponent = kind === 'rsa' && isSmall(exponent)
  return { kind, bits, ...(spec === undefined ? {} : { spec }), name, smallExponent }
}

/** Below 65537: small exponents have broken signatures and encryption before (FIPS 186-5 §A.1.1 asks for more than 2^16). */
function isSmall(exponent: Uint8Array | undefined): boolean {
  if (!exponent || exponent.length > 3) return false
  return exponent.reduce((value, octet) => value * 256 + octet, 0) < 65_537
}

const READ: ReadonlySet<string> = new Set([
  'keyUsage',
  'extendedKeyUsage',
  'basicConstraints',
  'subjectAltName',
  'subjectKeyIdentifier', // said of every key; that of the certificate is computed
])

// PKCS #9 extensionRequest, and the same under the identifier of older Windows programs
const EXTENSION_REQUESTS: ReadonlySet<string> = new Set(['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'])
