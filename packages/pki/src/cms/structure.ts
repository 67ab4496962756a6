// The layers around content that is sealed or closed in some way (RFC 5652 §3, §6 to §9; RFC 5083; RFC 3274): which
// structure it is, and what stands before the content.

import type { BerStream } from '../asn1/ber-stream.ts'
import { contextConstructed, DerReader, TAG } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import {
  AUTH_ENVELOPED_DATA,
  AUTHENTICATED_DATA,
  COMPRESSED_DATA,
  DIGESTED_DATA,
  ENCRYPTED_DATA,
  ENVELOPED_DATA,
} from './oids.ts'
import type { SealedStructure } from './open-options.ts'
import type { FoundRecipient } from './recipients/found.ts'
import { readRecipients } from './recipients/read.ts'

/** Enters ContentInfo and the structure in it. @throws cms_malformed for other content, der_malformed */
export async function enterContentInfo(stream: BerStream): Promise<SealedStructure> {
  await stream.enter(TAG.sequence)
  const dotted = readOid(await stream.element(SMALL))
  const structure = STRUCTURES[dotted] ?? fail('cms_malformed', { what: `content type ${dotted}` })
  await stream.enter(contextConstructed(0))
  await stream.enter(TAG.sequence)
  return structure
}

/** Leaves what was entered; nothing may follow. */
export async function leaveContentInfo(stream: BerStream): Promise<void> {
  for (let layer = 0; layer < 3; layer++) await stream.leave()
  await stream.end()
}

/** Version, originator and recipients, which all structures with recipients begin with. */
export async function readRecipientPart(
  stream: BerStream,
  versions: readonly number[],
): Promise<readonly FoundRecipient[]> {
  await readVersion(stream, versions)
  // Certificates and lists of the sender: nobody looks for them here.
  if ((await stream.peek()) === contextConstructed(0)) await stream.element(LARGE)
  return readRecipients(stream)
}

export async function readVersion(stream: BerStream, versions: readonly number[]): Promise<void> {
  const version = DerReader.whole(await stream.element(SMALL), 'CMSVersion', (reader) => reader.smallInteger())
  if (!versions.includes(version)) fail('cms_malformed', { what: `version ${version}` })
}

export interface EncryptedContentHeader {
  readonly contentType: string
  /** AlgorithmIdentifier, DER. */
  readonly cipher: Uint8Array
}

/** Enters EncryptedContentInfo (RFC 5652 §6.1); the content comes next. */
export async function enterEncryptedContent(stream: BerStream): Promise<EncryptedContentHeader> {
  await stream.enter(TAG.sequence)
  return { contentType: readOid(await stream.element(SMALL)), cipher: await stream.element(SMALL) }
}

/** Enters EncapsulatedContentInfo (RFC 5652 §5.2) and says the type; the content comes next. */
export async function enterContent(stream: BerStream): Promise<string> {
  await stream.enter(TAG.sequence)
  return readOid(await stream.element(SMALL))
}

/** The content of EncapsulatedContentInfo, in parts, and leaves it. */
export async function* contentParts(stream: BerStream): AsyncGenerator<Uint8Array, void, undefined> {
  if ((await stream.peek()) === undefined) fail('cms_malformed', { what: 'content is elsewhere' })
  await stream.enter(contextConstructed(0))
  yield* stream.octets()
  await stream.leave()
  await stream.leave()
}

/** The element `[number]`, DER, where it comes next: attributes, or a digest algorithm. */
export async function optionalElement(stream: BerStream, number: number): Promise<Uint8Array | undefined> {
  return (await stream.peek()) === contextConstructed(number) ? stream.element(SMALL) : undefined
}

/** Passes over unprotected or unauthenticated attributes, which say nothing that could be believed. */
export async function skipAttributes(stream: BerStream, number: number): Promise<void> {
  if ((await stream.peek()) === contextConstructed(number)) await stream.element(LARGE)
}

const readOid = (der: Uint8Array): string => DerReader.whole(der, 'ContentType', (reader) => reader.oid())

const STRUCTURES: Readonly<Record<string, SealedStructure>> = {
  [AUTH_ENVELOPED_DATA]: 'authEnvelopedData',
  [ENVELOPED_DATA]: 'envelopedData',
  [ENCRYPTED_DATA]: 'encryptedData',
  [AUTHENTICATED_DATA]: 'authenticatedData',
  [DIGESTED_DATA]: 'digestedData',
  [COMPRESSED_DATA]: 'compressedData',
}
const SMALL = 64 * 1024
const LARGE = 1024 * 1024
