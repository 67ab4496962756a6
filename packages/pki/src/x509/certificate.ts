// Certificates (RFC 5280 §4.1).

import type { SignatureIdentifier } from '../algorithms/index.ts'
import { readSignatureIdentifier } from '../algorithms/index.ts'
import { contextConstructed, contextPrimitive, DerReader } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from './extensions/extension.ts'
import { readExtensions } from './extensions/extension.ts'
import type { Name } from './name.ts'
import { parseName } from './name.ts'
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
}

export interface Certificate extends TbsCertificate, Signed {}

/**
 * Reads one certificate. Known extensions are read when asked for, see `extension`.
 * @throws certificate_malformed, der_malformed, extension_duplicate, name_malformed, key_malformed, input_too_large
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const signed = parseSigned(der, 'Certificate', MAX_CERTIFICATE_BYTES)
  const content = parseTbs(signed.signedBytes)
  // Both must be identical (RFC 5280 §4.1.1.2), or the signed statement about the algorithm would mean nothing.
  if (!equal(content.signature.identifier, signed.signatureAlgorithm.identifier)) malformed('signatureAlgorithm')
  return Object.freeze({
    der,
    signedBytes: signed.signedBytes,
    version: content.version,
    serial: content.serial,
    serialHex: content.serialHex,
    issuer: content.issuer,
    subject: content.subject,
    notBefore: content.notBefore,
    notAfter: content.notAfter,
    publicKey: content.publicKey,
    extensions: content.extensions,
    signatureAlgorithm: signed.signatureAlgorithm,
    signature: signed.signature,
    signatureUnusedBits: signed.signatureUnusedBits,
  })
}

/** Reads a TBSCertificate alone, as it stands before it is signed. Throws what {@link parseCertificate} throws. */
export function parseTbsCertificate(tbs: Uint8Array): TbsCertificate & { readonly signature: SignatureIdentifier } {
  return Object.freeze(parseTbs(tbs))
}

function parseTbs(tbs: Uint8Array): TbsCertificate & { signature: SignatureIdentifier } {
  return DerReader.whole(tbs, 'TBSCertificate', (reader) =>
    reader.sequence((fields) => {
      const version = readVersion(fields)
      const serial = fields.integerBytes()
      const signature = readSignatureIdentifier(fields.element())
      const issuer = parseName(fields.element())
      const { notBefore, notAfter } = readValidity(fields)
      const subject = parseName(fields.element())
      const publicKey = publicKeyInfo(fields.element())
      // Unique identifiers are read over; they are only allowed where a reader must expect them (§4.1.2.8).
      for (const number of [1, 2]) {
        fields.optional(contextPrimitive(number), (inner) => {
          if (version === 1) malformed('unique identifier in version 1')
          inner.bitString(contextPrimitive(number))
        })
      }
      const extensions = fields.optional(contextConstructed(3), (inner) => inner.explicit(3, readExtensions))
      if (extensions && version !== 3) malformed('extensions before version 3')
      return {
        version,
        serial,
        serialHex: serialHex(serial),
        issuer,
        subject,
        notBefore,
        notAfter,
        publicKey,
        extensions: extensions ?? NONE,
        signature,
      }
    }),
  )
}

function readVersion(fields: DerReader): 1 | 2 | 3 {
  const version = fields.optional(contextConstructed(0), (inner) => inner.explicit(0, (value) => value.smallInteger()))
  if (version === undefined) return 1
  if (version === 1) return 2
  return version === 2 ? 3 : malformed('version') // v1 is the DEFAULT, which DER leaves out
}

const malformed = (what: string): never => fail('certificate_malformed', { what })
const NONE: readonly Extension[] = Object.freeze([])
// Post-quantum chains with long lists of names stay under this; nothing honest is near it.
const MAX_CERTIFICATE_BYTES = 256 * 1024
