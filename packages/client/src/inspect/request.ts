import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import { type PublicKeyFacts, publicKeyFacts } from '@scel/files/certificates'
import { DerReader } from '@scel/pki/asn1'
import { toHex } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { attributeValue, type CertificateRequest, formatName, parseRequest, verifyRequest } from '@scel/pki/x509'
import { generalNameText, signatureName } from './common.ts'
import { extensionValue, type ReadExtension, readExtensions, unknownIn } from './extensions.ts'

/** A certificate request as `scel inspect --json` prints it. */
export interface RequestFacts {
  readonly kind: 'request'
  readonly subject: string
  readonly key: PublicKeyFacts
  readonly signatureAlgorithm: string
  /** Whether the key in the request signed it; absent when the algorithm is not one that is verified here. */
  readonly signatureGood?: boolean
  readonly names: readonly string[]
  readonly keyUsage: readonly string[]
  readonly extendedKeyUsage: readonly string[]
  /** Every extension asked for. */
  readonly extensions: readonly ReadExtension[]
  readonly otherExtensions: readonly string[]
  /** Thumbprint of the applicant key that the request is bound to. */
  readonly applicant?: string
  readonly otherAttributes: readonly string[]
}

/** @throws request_malformed, der_malformed */
export async function requestFacts(der: Uint8Array): Promise<RequestFacts> {
  const request = parseRequest(der)
  const extensions = readExtensions(request)
  const signatureGood = await signatureOf(request)
  const thumbprint = attributeValue(request, APPLICANT_THUMBPRINT_OID)
  return {
    kind: 'request',
    subject: formatName(request.subject, 'rfc4514'),
    key: await publicKeyFacts(request.publicKey),
    signatureAlgorithm: signatureName(request.signatureAlgorithm),
    ...(signatureGood === undefined ? {} : { signatureGood }),
    names: (extensionValue(extensions, 'subjectAltName') ?? []).map(generalNameText),
    keyUsage: extensionValue(extensions, 'keyUsage') ?? [],
    extendedKeyUsage: extensionValue(extensions, 'extendedKeyUsage') ?? [],
    extensions,
    otherExtensions: unknownIn(extensions),
    ...(thumbprint ? { applicant: thumbprintText(thumbprint) } : {}),
    otherAttributes: request.attributes.map(({ oid }) => oid).filter((oid) => !READ.has(oid)),
  }
}

async function signatureOf(request: CertificateRequest): Promise<boolean | undefined> {
  try {
    return await verifyRequest(request)
  } catch (error) {
    if (isPkiError(error) && error.code === 'algorithm_unsupported') return undefined
    throw error
  }
}

const thumbprintText = (der: Uint8Array): string =>
  toHex(DerReader.whole(der, 'applicant thumbprint', (reader) => reader.octetString()))

// extensionRequest of PKCS #9, and our own
const READ: ReadonlySet<string> = new Set(['1.2.840.113549.1.9.14', APPLICANT_THUMBPRINT_OID])
