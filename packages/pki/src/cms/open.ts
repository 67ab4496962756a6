// Opening what was sealed, while it comes.

import type { ByteSource } from '../asn1/ber-stream.ts'
import { BerStream } from '../asn1/ber-stream.ts'
import type { Opened, OpenOptions, SealedStructure } from './open-options.ts'
import { openAuthenticated } from './opening/authenticated.ts'
import { openCompressed } from './opening/compressed.ts'
import { openDigested } from './opening/digested.ts'
import type { OpenedFacts } from './opening/enveloped.ts'
import { openAuthEnveloped, openEncrypted, openEnveloped } from './opening/enveloped.ts'
import type { ByteSink } from './sink.ts'
import { enterContentInfo, leaveContentInfo } from './structure.ts'

/**
 * Opens AuthEnvelopedData (RFC 5083), EnvelopedData, EncryptedData, AuthenticatedData, DigestedData (RFC 5652 §6 to §9)
 * and, when asked to, CompressedData (RFC 3274), in DER or BER, in constant memory.
 *
 * Content goes to the sink before its end, and with it the tag, was seen. It may be used only after the promise is
 * fulfilled: when it is rejected, the owner of the sink throws away what came. A wrong key, wrong padding, a wrong tag
 * and an altered octet are one error.
 * @throws not_a_recipient, decryption_failed, cms_malformed, der_malformed, der_too_deep, input_too_large,
 *   algorithm_unsupported, algorithm_weak for what only `danger` reads, key_mismatch for a key that is not its
 *   certificate's, and what the source, the sink or `signal` throw
 * @example
 * const content = async function* () {
 *   yield utf8('a bid')
 * }
 * const recipients = [{ kind: 'passphrase', passphrase: sample.passphrase, iterations: 1_000 }] as const
 * const sealed = sealContent(content(), { recipients, at: sample.at })
 * const parts: Uint8Array[] = []
 * const sink = { write: async (bytes: Uint8Array) => void parts.push(bytes.slice()) }
 * const { authenticated } = await openContent(sealed, { passphrase: sample.passphrase }, sink)
 * assert.deepEqual([authenticated, concat(...parts)], [true, utf8('a bid')])
 */
export async function openContent(sealed: ByteSource, options: OpenOptions, sink: ByteSink): Promise<Opened> {
  const stream = new BerStream(watched(sealed, options), 'ContentInfo')
  let length = 0
  const counted: ByteSink = {
    write(bytes) {
      length += bytes.length
      return sink.write(bytes)
    },
  }
  try {
    const structure = await enterContentInfo(stream)
    const told = await OPENERS[structure](stream, options, counted)
    await leaveContentInfo(stream)
    return Object.freeze({ structure, ...told, length })
  } finally {
    await stream.close()
  }
}

async function* watched(source: ByteSource, { signal, progress }: OpenOptions): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const part of source) {
    signal?.throwIfAborted()
    done += part.length
    progress?.(done)
    yield part
  }
  signal?.throwIfAborted()
}

const OPENERS: Readonly<
  Record<SealedStructure, (stream: BerStream, options: OpenOptions, sink: ByteSink) => Promise<OpenedFacts>>
> = {
  authEnvelopedData: openAuthEnveloped,
  envelopedData: openEnveloped,
  encryptedData: openEncrypted,
  authenticatedData: openAuthenticated,
  digestedData: openDigested,
  compressedData: openCompressed,
}
