import type { SignatureAlgorithm } from '../algorithms/index.ts'
import { contextConstructed, integer, sequence, setOf } from '../asn1/index.ts'
import type { Key } from '../crypto/index.ts'
import { sign, usualSignature } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from './extensions/extension.ts'
import { writeExtensions } from './extensions/extension.ts'
import { writeAttribute } from './name/attribute.ts'
import type { Name } from './name/name.ts'
import { CHALLENGE_PASSWORD, EXTENSION_REQUEST, UNSTRUCTURED_NAME, writeText } from './request-attributes.ts'
import { assembleSigned } from './signed.ts'

/** What a request is made of. */
export interface RequestInput {
  readonly subject: Name
  readonly key: Key
  /** What the key signs the request with. @default the usual one of its kind */
  readonly signature?: SignatureAlgorithm
  readonly extensions?: readonly Extension[]
  readonly challengePassword?: string
  readonly unstructuredName?: string
  /** Further attributes, one value each. */
  readonly attributes?: readonly { readonly oid: string; readonly valueDer: Uint8Array }[]
}

/**
 * Makes and signs a request (RFC 2986), DER. A key that cannot sign (ML-KEM, X25519) cannot prove in a request that it
 * is held.
 * @throws key_mismatch for such a key and for a signature of another kind; key_incapable for one that does not sign where it is, and
 *   what its keeper throws; request_malformed on an attribute given
 *   twice or an empty text; extension_duplicate
 * @example
 * const subject = parseNameText('CN=pc-1,O=Scel')
 * const request = parseRequest(await buildRequest({ subject, key: sample.person.key }))
 * assert.equal(await verifyRequest(request), true)
 */
export async function buildRequest(input: RequestInput): Promise<Uint8Array> {
  const { subject, key, signature = usualSignature(key) } = input
  const attributes = attributesOf(input)
  if (new Set(attributes.map((one) => one.oid)).size !== attributes.length) malformed('duplicate attribute')
  // IMPLICIT [0] over a SET OF: the same content under another identifier octet.
  const tagged = setOf(attributes.map(({ oid, value }) => writeAttribute({ oid, values: [value] }))).slice()
  tagged[0] = contextConstructed(0)
  const info = sequence(integer(0), subject.der, key.publicKey, tagged)
  return assembleSigned(info, signature, await sign(key, info, signature))
}

interface SingleAttribute {
  readonly oid: string
  readonly value: Uint8Array
}

function attributesOf(input: RequestInput): readonly SingleAttribute[] {
  const { extensions = [], challengePassword, unstructuredName, attributes = [] } = input
  const all: SingleAttribute[] = attributes.map(({ oid, valueDer }) => ({ oid, value: valueDer }))
  if (extensions.length > 0) all.push({ oid: EXTENSION_REQUEST, value: writeExtensions(extensions) })
  if (challengePassword !== undefined) {
    all.push({ oid: CHALLENGE_PASSWORD, value: writeText(challengePassword, 'challengePassword') })
  }
  if (unstructuredName !== undefined) {
    all.push({ oid: UNSTRUCTURED_NAME, value: writeText(unstructuredName, 'unstructuredName') })
  }
  return all
}

const malformed = (what: string): never => fail('request_malformed', { what })
