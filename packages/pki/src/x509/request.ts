// Certification requests, PKCS #10 (RFC 2986).

import { contextConstructed, DerReader } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from './extensions/extension.ts'
import type { Attribute } from './name/attribute.ts'
import { readAttribute } from './name/attribute.ts'
import type { Name } from './name/name.ts'
import { parseName } from './name/name.ts'
import type { PublicKeyInfo } from './public-key.ts'
import { publicKeyInfo } from './public-key.ts'
import { requestedExtensions } from './request-attributes.ts'
import type { Signed } from './signed.ts'
import { parseSigned } from './signed.ts'
import { verifySigned } from './verify-signed.ts'

/** A request as it was received (RFC 2986 §4). */
export interface CertificateRequest extends Signed {
  readonly subject: Name
  readonly publicKey: PublicKeyInfo
  /** In the order they came; each type stands once. */
  readonly attributes: readonly Attribute[]
  /** Extensions that the requester wishes for (PKCS #9 extensionRequest); empty when there are none. */
  readonly extensions: readonly Extension[]
}

/**
 * Reads a request. It is only a wish until {@link verifyRequest} has shown that its maker holds the key.
 * @throws request_malformed, der_malformed, der_too_deep, extension_duplicate, name_malformed, key_malformed, input_too_large
 * @example
 * const request = parseRequest(sample.request)
 * assert.equal(formatName(request.subject, 'rfc4514'), 'CN=pc-1,O=Scel,C=FR')
 * assert.deepEqual(extension(request, 'keyUsage'), ['digitalSignature'])
 */
export function parseRequest(der: Uint8Array): CertificateRequest {
  const signed = parseSigned(der, 'CertificationRequest', MAX_REQUEST_BYTES)
  const content = DerReader.whole(signed.signedBytes, 'CertificationRequestInfo', (reader) =>
    reader.sequence((fields) => {
      if (fields.smallInteger() !== 0) malformed('version')
      const subject = parseName(fields.element())
      const publicKey = publicKeyInfo(fields.element())
      // The [0] is not OPTIONAL, yet some tools leave it out when there are no attributes.
      const attributes = fields.optional(ATTRIBUTES, (inner) => inner.constructed(ATTRIBUTES, readAttributes)) ?? []
      return { subject, publicKey, attributes: Object.freeze(attributes) }
    }),
  )
  return Object.freeze({ ...content, extensions: requestedExtensions(content.attributes), ...signed })
}

/**
 * Proof of possession: whether the key in the request signed it.
 * @throws algorithm_unsupported, key_mismatch, key_malformed
 * @example
 * assert.equal(await verifyRequest(parseRequest(sample.request)), true)
 */
export const verifyRequest = (request: CertificateRequest): Promise<boolean> =>
  verifySigned(request, request.publicKey.spki)

function readAttributes(reader: DerReader): Attribute[] {
  const attributes = reader.list(readAttribute)
  if (new Set(attributes.map(({ oid }) => oid)).size !== attributes.length) malformed('duplicate attribute')
  return attributes
}

const malformed = (what: string): never => fail('request_malformed', { what })
const ATTRIBUTES = contextConstructed(0)
const MAX_REQUEST_BYTES = 64 * 1024
