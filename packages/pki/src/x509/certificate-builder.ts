import type { SignatureAlgorithm } from '../algorithms/index.ts'
import { contextConstructed, explicit, headerOf, integer, sequence } from '../asn1/index.ts'
import type { Extension } from './extensions/extension.ts'
import { writeExtensions } from './extensions/extension.ts'
import type { Name } from './name/name.ts'
import { writeValidity } from './validity.ts'

/** What stands in a certificate that is about to be signed. */
export interface TbsCertificateInput {
  /** Big-endian two's complement, at most 20 octets; the caller draws it. */
  readonly serial: Uint8Array
  /** The algorithm that will sign it: it stands inside what is signed. */
  readonly signature: SignatureAlgorithm
  readonly issuer: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly subject: Name
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** See `makeExtension`. */
  readonly extensions: readonly Extension[]
}

/**
 * The bytes of a version 3 TBSCertificate (RFC 5280 §4.1.2). It writes what it is told; `lintCertificate` judges it.
 * @throws extension_duplicate, time_malformed
 * @example
 * const { certificate, key } = sample.issuing
 * const row = defaultSignature('ec-p256')
 * const tbs = buildTbsCertificate({ ...sample.person.certificate, signature: row, publicKey: sample.person.key.publicKey })
 * const der = assembleSigned(tbs, row, await sign(key, tbs, row))
 * assert.equal(await verifyIssuedBy(parseCertificate(der), certificate), true)
 */
export function buildTbsCertificate(input: TbsCertificateInput): Uint8Array {
  return sequence(
    VERSION_3,
    integer(input.serial),
    input.signature.identifier,
    input.issuer.der,
    writeValidity(input),
    input.subject.der,
    input.publicKey,
    input.extensions.length === 0 ? [] : explicitParts(writeExtensions(input.extensions)),
  )
}

// In two parts, so that most of a certificate is copied once and not twice.
const explicitParts = (extensions: Uint8Array): Uint8Array[] => [
  headerOf(EXTENSIONS_TAG, extensions.length),
  extensions,
]

const EXTENSIONS_TAG = contextConstructed(3)
const VERSION_3 = explicit(0, integer(2))
