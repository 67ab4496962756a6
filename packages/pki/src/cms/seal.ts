// Sealing (RFC 5083, RFC 5652 §6): ContentInfo in BER of indefinite length, written while the content comes.

import type { ByteSource } from '../asn1/ber-stream.ts'
import {
  contentOf,
  END_OF_CONTENTS,
  element,
  headerOf,
  implicitConstructed,
  indefiniteStart,
  integer,
  octetString,
  oid,
  TAG,
} from '../asn1/index.ts'
import { concat } from '../bytes/index.ts'
import { encryptStream, LONGEST_GCM } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import { attributeSet } from './attributes/attribute.ts'
import { contentTypeAttribute } from './attributes/plain.ts'
import type { SealingCipher } from './content-cipher.ts'
import { newSealingCipher } from './content-cipher.ts'
import { AUTH_ENVELOPED_DATA, DATA, ENVELOPED_DATA } from './oids.ts'
import { checkRecipients } from './recipients/usable.ts'
import { writeRecipients } from './recipients/write.ts'
import type { Recipient, SealOptions } from './seal-options.ts'

/**
 * Seals content of any length for its recipients, in constant memory: AuthEnvelopedData with AES-GCM (RFC 5083, 5084),
 * or EnvelopedData with AES-CBC for programs that read nothing newer. Every call draws a new key.
 * What is wrong with the options is thrown at once; while the result is read, it throws what the content throws, the
 * reason of `signal`, and content_too_long.
 * @returns ContentInfo in BER, to be read once; a part that fills its buffer has that memory for its own, and whoever
 *   reads may pass it on
 * @throws recipient_missing, recipients_mixed, recipient_not_usable, certificate_expired, certificate_not_yet_valid,
 *   content_too_long for a `contentLength` beyond 64 GiB, key_mismatch for a secret key of another length
 * @example
 * const content = async function* () {
 *   yield utf8('a bid')
 * }
 * const recipients = [{ kind: 'certificate', certificate: sample.person.certificate }] as const
 * const sealed: Uint8Array[] = []
 * for await (const part of sealContent(content(), { recipients, at: sample.at })) sealed.push(part)
 * assert.equal(concat(...sealed)[0], 0x30)
 */
export function sealContent(content: ByteSource, options: SealOptions): ByteSource {
  const { cipher = 'AES-256-GCM', contentLength = 0 } = options
  checkRecipients(options)
  if (cipher.endsWith('GCM') && contentLength > LONGEST_GCM) fail('content_too_long', { limit: LONGEST_GCM })
  return seal(content, { ...options, cipher })
}

async function* seal(
  content: ByteSource,
  options: SealOptions & Required<Pick<SealOptions, 'cipher'>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { contentType = DATA, signal } = options
  signal?.throwIfAborted()
  const cipher = await newSealingCipher(options.cipher, options.boundKey ?? false)
  const authenticated = 'nonceLength' in cipher.row
  const attributes =
    authenticated && contentType !== DATA ? attributeSet([contentTypeAttribute(contentType)]) : undefined
  const running = await encryptStream(cipher.row, cipher.key, cipher.iv, attributes ? { aad: attributes } : {})
  yield await start(options, cipher, contentType)
  let length = 0
  for await (const part of content) {
    signal?.throwIfAborted()
    length += part.length
    if (authenticated && length > LONGEST_GCM) fail('content_too_long', { limit: LONGEST_GCM })
    yield* piece(await running.update(part))
  }
  signal?.throwIfAborted()
  const { bytes, tag } = await running.finish()
  yield* piece(bytes)
  yield concat(
    END_OF_CONTENTS, // of the encrypted content
    END_OF_CONTENTS, // of EncryptedContentInfo
    attributes ? implicitConstructed(1, contentOf(attributes)) : NOTHING,
    tag ? octetString(tag) : NOTHING,
    END_OF_CONTENTS, // of the structure
    END_OF_CONTENTS, // of [0]
    END_OF_CONTENTS, // of ContentInfo
  )
}

/** Everything before the content. */
async function start(options: SealOptions, cipher: SealingCipher, contentType: string): Promise<Uint8Array> {
  const { recipients } = options
  const authenticated = 'nonceLength' in cipher.row
  const infos = await writeRecipients(recipients, cipher.contentKey)
  return concat(
    indefiniteStart(TAG.sequence),
    oid(authenticated ? AUTH_ENVELOPED_DATA : ENVELOPED_DATA),
    indefiniteStart(0xa0),
    indefiniteStart(TAG.sequence),
    integer(authenticated ? 0 : versionOf(recipients, infos)),
    // In the order of the recipients: BER does not sort, and those who look for theirs find it where they were put.
    element(TAG.set, infos),
    indefiniteStart(TAG.sequence),
    oid(contentType),
    cipher.identifier,
    indefiniteStart(0xa0),
  )
}

/** RFC 5652 §6.1. */
function versionOf(recipients: readonly Recipient[], infos: readonly Uint8Array[]): number {
  if (recipients.some(({ kind }) => kind === 'passphrase') || infos.some(([tag]) => tag === OTHER)) return 3
  return infos.every(([tag]) => tag === TAG.sequence) ? 0 : 2
}

/** One piece of an OCTET STRING in pieces; none for no octets, and readers that allocate by the piece get small ones. */
function* piece(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    const part = bytes.subarray(at, at + PIECE)
    yield headerOf(TAG.octetString, part.length)
    yield part
  }
}

const NOTHING = new Uint8Array(0)
const OTHER = 0xa4
const PIECE = 1024 * 1024
