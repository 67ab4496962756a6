// Certificates (RFC 5280 §4.1).

import type { SignatureIdentifier } from '../algorithms/index.ts'
import { readSignatureIdentifier } from '../algorithms/index.ts'
import type { BitString } from '../asn1/index.ts'
import { contextConstructed, contextPrimitive, DerReader } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from './extensions/extension.ts'
import { readExtensions } from './extensions/extension.ts'
import type { Name } from './name/name.ts'
import { parseName } from './name/name.ts'
import type { PublicKeyInfo } from './public-key.ts'
import { publicKeyInfo } from './public-key.ts'
import { serialHex } from './serial.ts'
import type { Signed } from './signed.ts'
import { parseSigned } from './signed.ts'
import { readValidity } from './validity.ts'

/** What a certificate says, signed or not yet. */
export interface TbsCertificate {
  readonly version: 1 | 2 | 3
  /** Content octets of the INTEGER: two's complement, so a high first bit comes after a zero octet. */
  readonly serial: Uint8Array
  readonly serialHex: string
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly publicKey: PublicKeyInfo
  readonly extensions: readonly Extension[]
  readonly issuerUniqueId?: BitString
  readonly subjectUniqueId?: BitString
}

/** A certificate as it was received: what it says, the bytes that were signed, and the signature. */
export interface Certificate extends TbsCertificate, Signed {}

/**
 * Reads one certificate. Known extensions are read when asked for, see `extension`.
 * @throws certificate_malformed, der_malformed, extension_duplicate, name_malformed, key_malformed, input_too_large
 * @example
 * const certificate = parseCertificate(sample.person.certificate.der)
 * assert.equal(formatName(certificate.subject, 'rfc4514'), 'CN=Ana,O=Scel,C=FR')
 * assert.deepEqual(extension(certificate, 'keyUsage'), ['digitalSignature', 'keyAgreement'])
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const signed = parseSigned(der, 'Certificate', MAX_CERTIFICATE_BYTES)
  const tbs = parseTbs(signed.signedBytes, signed.signatureAlgorithm)
  // Field by field: copying them by their names costs as much as reading them.
  const certificate: Certificate = {
    der,
    signedBytes: signed.signedBytes,
    version: tbs.version,
    serial: tbs.serial,
    serialHex: tbs.serialHex,
    issuer: tbs.issuer,
    subject: tbs.subject,
    notBefore: tbs.notBefore,
    notAfter: tbs.notAfter,
    publicKey: tbs.publicKey,
    extensions: tbs.extensions,
    signatureAlgorithm: signed.signatureAlgorithm,
    signature: signed.signature,
    signatureUnusedBits: signed.signatureUnusedBits,
  }
  const { issuerUniqueId, subjectUniqueId } = tbs
  if (!issuerUniqueId && !subjectUniqueId) return Object.freeze(certificate)
  return Object.freeze({ ...certificate, ...uniqueIds(issuerUniqueId, subjectUniqueId) })
}

/**
 * Reads a TBSCertificate alone, as it stands before it is signed. Throws what {@link parseCertificate} throws.
 * @example
 * const tbs = parseTbsCertificate(sample.person.certificate.signedBytes)
 * assert.equal(tbs.signature.row?.name, 'ECDSA with SHA-256')
 */
export function parseTbsCertificate(tbs: Uint8Array): TbsCertificate & { readonly signature: SignatureIdentifier } {
  return Object.freeze(parseTbs(tbs))
}

function parseTbs(tbs: Uint8Array, outer?: SignatureIdentifier): TbsCertificate & { signature: SignatureIdentifier } {
  return DerReader.whole(tbs, 'TBSCertificate', (reader) => reader.sequence((fields) => readTbs(fields, outer)))
}

function readTbs(fields: DerReader, outer?: SignatureIdentifier): TbsCertificate & { signature: SignatureIdentifier } {
  const version = readVersion(fields)
  const serial = fields.integerBytes()
  const identifier = fields.element()
  // Both must be identical, octet for octet (RFC 5280 §4.1.1.2), also where absent parameters mean what NULL means; or the signed statement about the algorithm would mean nothing.
  if (outer && !equal(identifier, outer.identifier)) malformed('signatureAlgorithm')
  const signature = outer ?? readSignatureIdentifier(identifier)
  const issuer = parseName(fields.element())
  const { notBefore, notAfter } = readValidity(fields)
  const subject = parseName(fields.element())
  const publicKey = publicKeyInfo(fields.element())
  const issuerUniqueId = readUniqueId(fields, 1, version)
  const subjectUniqueId = readUniqueId(fields, 2, version)
  const extensions = fields.optional(EXTENSIONS_TAG, (inner) => inner.explicit(3, readExtensions)) ?? NONE
  if (extensions !== NONE && version !== 3) malformed('extensions before version 3')
  const content = {
    version,
    serial,
    serialHex: serialHex(serial),
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
    signature,
  }
  if (!issuerUniqueId && !subjectUniqueId) return content
  return { ...content, ...uniqueIds(issuerUniqueId, subjectUniqueId) }
}

const uniqueIds = (issuer: BitString | undefined, subject: BitString | undefined): Partial<TbsCertificate> => ({
  ...(issuer && { issuerUniqueId: issuer }),
  ...(subject && { subjectUniqueId: subject }),
})

/** Forbidden to those who issue, expected of those who read (RFC 5280 §4.1.2.8). */
function readUniqueId(fields: DerReader, number: 1 | 2, version: number): BitString | undefined {
  const tag = contextPrimitive(number)
  if (fields.tag !== tag) return undefined
  if (version === 1) malformed('unique identifier in version 1')
  return Object.freeze(fields.bitString(tag))
}

function readVersion(fields: DerReader): 1 | 2 | 3 {
  const version = fields.optional(contextConstructed(0), (inner) => inner.explicit(0, (value) => value.smallInteger()))
  if (version === undefined) return 1
  if (version === 1) return 2
  return version === 2 ? 3 : malformed('version') // v1 is the DEFAULT, which DER leaves out
}

const malformed = (what: string): never => fail('certificate_malformed', { what })
const EXTENSIONS_TAG = contextConstructed(3)
const NONE: readonly Extension[] = Object.freeze([])
// Post-quantum chains with long lists of names stay under this; nothing honest is near it.
const MAX_CERTIFICATE_BYTES = 256 * 1024
