// EnvelopedData (RFC 5652 §6), AuthEnvelopedData (RFC 5083) and EncryptedData (RFC 5652 §8).

import type { BerStream } from '../../asn1/ber-stream.ts'
import { DerReader } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import { attributeSet } from '../attributes/attribute.ts'
import { checkContentType, readAuthenticatedAttributes } from '../authenticated-attributes.ts'
import type { Authentication, ContentCipher } from '../content-cipher.ts'
import { readContentCipher } from '../content-cipher.ts'
import type { Opened, OpenOptions } from '../open-options.ts'
import type { FoundRecipient } from '../recipients/found.ts'
import type { ByteSink } from '../sink.ts'
import {
  type EncryptedContentHeader,
  enterEncryptedContent,
  optionalElement,
  readRecipientPart,
  readVersion,
  skipAttributes,
} from '../structure.ts'
import { openContentKey } from './content-key.ts'

/** What is told beside the structure. */
export type OpenedFacts = Omit<Opened, 'structure' | 'length'>

export async function openEnveloped(stream: BerStream, options: OpenOptions, sink: ByteSink): Promise<OpenedFacts> {
  const recipients = await readRecipientPart(stream, ENVELOPED_VERSIONS)
  const header = await enterEncryptedContent(stream)
  const cipher = checkedCipher(header, options, 'EnvelopedData')
  const { contentKey, recipient } = await openContentKey(recipients, options, cipher.keyLength)
  const decryption = await cipher.decrypt(contentKey)
  for await (const part of encryptedParts(stream)) await put(sink, await decryption.update(part))
  await put(sink, await decryption.finish())
  await skipAttributes(stream, 1)
  return told(header, cipher, recipients, { recipient, authenticated: false })
}

export async function openAuthEnveloped(stream: BerStream, options: OpenOptions, sink: ByteSink): Promise<OpenedFacts> {
  const recipients = await readRecipientPart(stream, [0])
  const header = await enterEncryptedContent(stream)
  const cipher = checkedCipher(header, options, 'AuthEnvelopedData')
  const { contentKey, recipient } = await openContentKey(recipients, options, cipher.keyLength)
  const decryption = await cipher.decrypt(contentKey)
  for await (const part of encryptedParts(stream)) await put(sink, await decryption.update(part))
  // Attributes and tag follow the content, so all of it waits in the sink until they are here.
  await put(sink, await decryption.finish(await readAuthentication(stream, header)))
  await skipAttributes(stream, 2)
  return told(header, cipher, recipients, { recipient, authenticated: true })
}

export async function openEncrypted(stream: BerStream, options: OpenOptions, sink: ByteSink): Promise<OpenedFacts> {
  await readVersion(stream, [0, 2])
  const header = await enterEncryptedContent(stream)
  const cipher = checkedCipher(header, options, 'EncryptedData')
  const key = options.contentKey ?? fail('not_a_recipient', {})
  if (key.length !== cipher.keyLength) fail('decryption_failed', {})
  const decryption = await cipher.decrypt(key)
  for await (const part of encryptedParts(stream)) await put(sink, await decryption.update(part))
  await put(sink, await decryption.finish())
  await skipAttributes(stream, 1)
  return told(header, cipher, [], { authenticated: false })
}

/**
 * The kind of cipher belongs to the structure: read by the other kind, a message would lose its tag (OpenSSL
 * CVE-2026-34182).
 */
function checkedCipher({ cipher: identifier }: EncryptedContentHeader, options: OpenOptions, where: string) {
  const cipher = readContentCipher(identifier)
  const { danger = {} } = options
  if ((cipher.tagLength !== undefined) !== (where === 'AuthEnvelopedData')) {
    fail('cms_malformed', { what: `${cipher.name} in ${where}` })
  }
  if (cipher.old && !danger.oldCiphers) fail('algorithm_weak', { name: cipher.name })
  if (cipher.tagLength !== undefined && cipher.tagLength < WHOLE_TAG && !danger.shortTags) {
    fail('algorithm_weak', { name: `${cipher.name} with a tag of ${cipher.tagLength} octets` })
  }
  return cipher
}

async function* encryptedParts(stream: BerStream): AsyncGenerator<Uint8Array, void, undefined> {
  if ((await stream.peek()) === undefined) fail('cms_malformed', { what: 'content is elsewhere' })
  yield* stream.octets(CONTENT)
  await stream.leave()
}

async function readAuthentication(stream: BerStream, { contentType }: EncryptedContentHeader): Promise<Authentication> {
  const element = await optionalElement(stream, 1)
  const attributes = element && readAuthenticatedAttributes(element, 1)
  checkContentType(contentType, attributes)
  const tag = DerReader.whole(await stream.element(64), 'mac', (reader) => reader.octetString())
  return { tag, ...(attributes ? { additional: attributeSet(attributes) } : {}) }
}

const told = (
  { contentType }: EncryptedContentHeader,
  { name }: ContentCipher,
  recipients: readonly FoundRecipient[],
  more: Pick<OpenedFacts, 'authenticated' | 'recipient'>,
): OpenedFacts => ({
  contentType,
  cipher: name,
  recipients: Object.freeze(recipients.map(({ facts }) => facts)),
  ...more,
})

async function put(sink: ByteSink, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) return
  await sink.write(bytes)
  release(bytes)
}

/**
 * Gives the memory back at once: the collector would let many megabytes of such parts gather before it looks. Nobody
 * has them any more, as `ByteSink` says.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (byteLength === buffer.byteLength && byteLength >= LARGE && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

// RFC 5652 §6.1
const ENVELOPED_VERSIONS: readonly number[] = [0, 2, 3, 4]
/** `[0] IMPLICIT OCTET STRING`. */
const CONTENT = 0x80
const WHOLE_TAG = 16
const LARGE = 64 * 1024
