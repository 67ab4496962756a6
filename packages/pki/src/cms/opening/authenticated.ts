// AuthenticatedData (RFC 5652 §9): content in the clear, with a code that the recipients can check. Read only.

import type { DigestAlgorithm } from '../../algorithms/index.ts'
import { digestByHmacOid, digestByOid } from '../../algorithms/index.ts'
import type { BerStream } from '../../asn1/ber-stream.ts'
import { contextConstructed, DerReader } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { digestStream, hmac, hmacStream } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { rowOf } from '../algorithm-identifier.ts'
import { attributeSet, singleValue } from '../attributes/attribute.ts'
import { MESSAGE_DIGEST } from '../attributes/oids.ts'
import { readMessageDigest } from '../attributes/plain.ts'
import { checkContentType, readAuthenticatedAttributes } from '../authenticated-attributes.ts'
import type { OpenOptions } from '../open-options.ts'
import type { ByteSink } from '../sink.ts'
import { contentParts, enterContent, optionalElement, readRecipientPart, skipAttributes } from '../structure.ts'
import { openContentKey } from './content-key.ts'
import type { OpenedFacts } from './enveloped.ts'

export async function openAuthenticated(stream: BerStream, options: OpenOptions, sink: ByteSink): Promise<OpenedFacts> {
  const recipients = await readRecipientPart(stream, [0, 1, 3])
  const mac = DerReader.whole(await stream.element(SMALL), 'macAlgorithm', readAlgorithm(digestByHmacOid))
  const digested = await optionalElement(stream, 1)
  const digest = digested && readDigest(digested)
  const contentType = await enterContent(stream)
  const { contentKey, recipient } = await openContentKey(recipients, options, undefined)
  if (contentKey.length < SHORTEST_KEY) fail('decryption_failed', {})
  // With attributes the code covers those, and one of them the content (§9.2).
  const running = digest ? digestStream(digest.name) : hmacStream(mac.name, contentKey)
  for await (const part of contentParts(stream)) {
    running.update(part)
    await sink.write(part)
  }
  const value = await running.digest()
  const element = await optionalElement(stream, 2)
  if ((element !== undefined) !== (digest !== undefined)) fail('cms_malformed', { what: 'authAttrs' })
  const attributes = element && readAuthenticatedAttributes(element, 2)
  checkContentType(contentType, attributes)
  let expected = value
  if (attributes) {
    const said = singleValue(attributes, MESSAGE_DIGEST) ?? fail('cms_malformed', { what: 'message-digest' })
    if (!equal(readMessageDigest(said), value)) fail('decryption_failed', {})
    expected = await hmac(mac.name, contentKey, attributeSet(attributes))
  }
  const code = DerReader.whole(await stream.element(SMALL), 'mac', (reader) => reader.octetString())
  if (!equal(code, expected)) fail('decryption_failed', {})
  await skipAttributes(stream, 3)
  const facts = Object.freeze(recipients.map((one) => one.facts))
  return { contentType, cipher: '', recipients: facts, recipient, authenticated: true }
}

/** `[1] IMPLICIT DigestAlgorithmIdentifier`. */
const readDigest = (element: Uint8Array): DigestAlgorithm =>
  DerReader.whole(element, 'digestAlgorithm', (reader) =>
    reader.constructed(contextConstructed(1), (fields) => rowOf(fields, digestByOid)),
  )

const readAlgorithm =
  (find: (dotted: string) => DigestAlgorithm) =>
  (reader: DerReader): DigestAlgorithm =>
    reader.sequence((fields) => rowOf(fields, find))

const SMALL = 1024
const SHORTEST_KEY = 16
