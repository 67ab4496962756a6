// Certification requests, PKCS #10 (RFC 2986).

import { defaultSignature } from '../algorithms/index.ts'
import { checkDer, contextConstructed, DerReader, integer, oid, sequence, setOf, TAG } from '../asn1/index.ts'
import type { PrivateKey } from '../crypto/index.ts'
import { sign } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from './extensions/extension.ts'
import { parseExtensions, writeExtensions } from './extensions/extension.ts'
import type { Name } from './name.ts'
import { parseName } from './name.ts'
import type { PublicKeyInfo } from './public-key.ts'
import { publicKeyInfo } from './public-key.ts'
import type { Signed } from './signed.ts'
import { assembleSigned, parseSigned, verifySigned } from './signed.ts'

export interface RequestAttribute {
  readonly oid: string
  /** Elements of the SET, DER each. */
  readonly values: readonly Uint8Array[]
}

export interface CertificateRequest extends Signed {
  readonly subject: Name
  readonly publicKey: PublicKeyInfo
  readonly attributes: readonly RequestAttribute[]
  /** Extensions that the requester wishes for (PKCS #9 extensionRequest); empty when there are none. */
  readonly extensions: readonly Extension[]
}

/**
 * Reads a request. It is only a wish until {@link verifyRequest} has shown that its maker holds the key.
 * @throws request_malformed, der_malformed, der_too_deep, extension_duplicate, name_malformed, key_malformed, input_too_large
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

/** Proof of possession: whether the key in the request signed it. @throws algorithm_unsupported, key_mismatch, key_malformed */
export const verifyRequest = (request: CertificateRequest): Promise<boolean> =>
  verifySigned(request, request.publicKey.spki)

/** First value of an attribute, DER, or undefined. @throws request_malformed when there is more than one value */
export function attributeValue(request: CertificateRequest, dotted: string): Uint8Array | undefined {
  const values = request.attributes.find((one) => one.oid === dotted)?.values
  if (values && values.length > 1) malformed('attribute values')
  return values?.[0]
}

export interface RequestInput {
  readonly subject: Name
  readonly key: PrivateKey
  readonly extensions?: readonly Extension[]
  /** Further attributes, one value each. */
  readonly attributes?: readonly { readonly oid: string; readonly valueDer: Uint8Array }[]
}

/** Makes and signs a request, DER. @throws request_malformed on an attribute given twice, extension_duplicate */
export async function buildRequest({
  subject,
  key,
  extensions = [],
  attributes = [],
}: RequestInput): Promise<Uint8Array> {
  const all = attributes.map((one) => ({ oid: one.oid, value: one.valueDer }))
  if (extensions.length > 0) all.push({ oid: EXTENSION_REQUEST, value: writeExtensions(extensions) })
  if (new Set(all.map((one) => one.oid)).size !== all.length) malformed('duplicate attribute')
  const set = setOf(...all.map((one) => sequence(oid(one.oid), setOf(one.value))))
  // IMPLICIT [0] over a SET OF: the same content under another identifier octet.
  const tagged = set.slice()
  tagged[0] = ATTRIBUTES
  const info = sequence(integer(0), subject.der, key.publicKey, tagged)
  const row = defaultSignature(key.spec)
  return assembleSigned(info, row, await sign(key, info, row))
}

function readAttributes(reader: DerReader): RequestAttribute[] {
  const seen = new Set<string>()
  return reader.list((item) =>
    item.sequence((fields) => {
      const dotted = fields.oid()
      if (seen.has(dotted)) malformed('duplicate attribute')
      seen.add(dotted)
      const values = fields.constructed(TAG.set, (set) => set.list((one) => one.element()))
      if (values.length === 0) malformed('attribute values')
      for (const value of values) checkDer(value, 'attribute')
      return Object.freeze({ oid: dotted, values: Object.freeze(values) })
    }),
  )
}

function requestedExtensions(attributes: readonly RequestAttribute[]): readonly Extension[] {
  const values = attributes.find((one) => one.oid === EXTENSION_REQUEST)?.values
  if (!values) return Object.freeze([])
  return values.length === 1 ? parseExtensions(values[0]!) : malformed('extensionRequest')
}

const malformed = (what: string): never => fail('request_malformed', { what })
const ATTRIBUTES = contextConstructed(0)
/** PKCS #9 extensionRequest (RFC 2985 §5.4.2). */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const MAX_REQUEST_BYTES = 64 * 1024
