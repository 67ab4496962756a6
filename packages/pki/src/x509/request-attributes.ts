// Attributes of requests (RFC 2985 §5.4): which there are, and what those hold that mean something here.

import type { StringType } from '../asn1/index.ts'
import { DerReader, isPrintable, string, stringTypeOf } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from './extensions/extension.ts'
import { parseExtensions } from './extensions/extension.ts'
import type { Attribute } from './name/attribute.ts'

/** PKCS #9 extensionRequest (RFC 2985 §5.4.2). */
export const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
/** The same under the identifier of older Windows programs, szOID_CERT_EXTENSIONS. */
const MICROSOFT_EXTENSION_REQUEST = '1.3.6.1.4.1.311.2.1.14'
export const CHALLENGE_PASSWORD = '1.2.840.113549.1.9.7'
export const UNSTRUCTURED_NAME = '1.2.840.113549.1.9.2'

interface Attributed {
  readonly attributes: readonly Attribute[]
}

/**
 * First value of an attribute, DER, or undefined.
 * @throws request_malformed when there is more than one value
 * @example
 * assert.equal(attributeValue(parseRequest(sample.request), '1.2.840.113549.1.9.7'), undefined)
 */
export function attributeValue(request: Attributed, dotted: string): Uint8Array | undefined {
  const values = request.attributes.find((one) => one.oid === dotted)?.values
  if (values && values.length > 1) malformed('attribute values')
  return values?.[0]
}

/**
 * The password by which the requester may ask for revocation, or which an enrolment protocol demands (RFC 2985 §5.4.1);
 * undefined when the request has none.
 * @throws request_malformed, der_malformed, string_malformed
 * @example
 * const key = sample.person.key
 * const der = await buildRequest({ subject: buildName([]), key, challengePassword: 'one-time' })
 * assert.equal(challengePassword(parseRequest(der)), 'one-time')
 */
export function challengePassword(request: Attributed): string | undefined {
  const value = attributeValue(request, CHALLENGE_PASSWORD)
  return value && readText(value, 'challengePassword', DIRECTORY_STRINGS)
}

/**
 * A free name of the subject (RFC 2985 §5.4.3); undefined when the request has none.
 * @throws request_malformed, der_malformed, string_malformed
 * @example
 * const key = sample.person.key
 * const der = await buildRequest({ subject: buildName([]), key, unstructuredName: 'printer, second floor' })
 * assert.equal(unstructuredName(parseRequest(der)), 'printer, second floor')
 */
export function unstructuredName(request: Attributed): string | undefined {
  const value = attributeValue(request, UNSTRUCTURED_NAME)
  return value && readText(value, 'unstructuredName', [...DIRECTORY_STRINGS, 'IA5String'])
}

/** PrintableString where it can be, UTF8String otherwise (RFC 2985 §5.4.1). @throws request_malformed when empty */
export const writeText = (text: string, what: string): Uint8Array =>
  text === '' ? malformed(what) : string(isPrintable(text) ? 'PrintableString' : 'UTF8String', text)

/** The extensions wished for, under either identifier; one wished for twice is refused. */
export function requestedExtensions(attributes: readonly Attribute[]): readonly Extension[] {
  const wished = attributes
    .filter(({ oid }) => oid === EXTENSION_REQUEST || oid === MICROSOFT_EXTENSION_REQUEST)
    .flatMap(({ values }) => (values.length === 1 ? parseExtensions(values[0]!) : malformed('extensionRequest')))
  const seen = new Set<string>()
  for (const { oid } of wished) {
    if (seen.has(oid)) fail('extension_duplicate', { oid })
    seen.add(oid)
  }
  return Object.freeze(wished)
}

function readText(der: Uint8Array, what: string, allowed: readonly StringType[]): string {
  return DerReader.whole(der, what, (reader) => {
    const { tag, text } = reader.string()
    const type = stringTypeOf(tag)
    return type && allowed.includes(type) && text !== '' ? text : malformed(what)
  })
}

const malformed = (what: string): never => fail('request_malformed', { what })
const DIRECTORY_STRINGS: readonly StringType[] = [
  'PrintableString',
  'UTF8String',
  'TeletexString',
  'BMPString',
  'UniversalString',
]
