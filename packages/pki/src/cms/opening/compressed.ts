// CompressedData (RFC 3274): zlib around content. A few octets can become gigabytes, so it is read only when asked for,
// up to a limit that whoever asks gives. Read only.

import type { BerStream } from '../../asn1/ber-stream.ts'
import { fail } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import { COMPRESSED_DATA } from '../oids.ts'
import type { OpenOptions } from '../open-options.ts'
import type { ByteSink } from '../sink.ts'
import { contentParts, enterContent, readVersion } from '../structure.ts'
import type { OpenedFacts } from './enveloped.ts'

export async function openCompressed(stream: BerStream, options: OpenOptions, sink: ByteSink): Promise<OpenedFacts> {
  const { limit } = options.decompress ?? fail('algorithm_unsupported', { oid: COMPRESSED_DATA })
  await readVersion(stream, [0])
  const dotted = oidOf(await stream.element(SMALL))
  if (dotted !== ZLIB) fail('algorithm_unsupported', { oid: dotted })
  const contentType = await enterContent(stream)
  await inflate(contentParts(stream), limit, sink)
  return { contentType, cipher: '', recipients: Object.freeze([]), authenticated: false }
}

async function inflate(parts: AsyncIterable<Uint8Array>, limit: number, sink: ByteSink): Promise<void> {
  const { readable, writable } = new DecompressionStream('deflate')
  const [writer, reader] = [writable.getWriter(), readable.getReader()]
  const feed = async (): Promise<void> => {
    for await (const part of parts) {
      // What one write inflates to is made at once (Compression Standard, "decompress and enqueue a chunk"), before
      // anyone can count it. Copies, since what BerStream hands out holds only until the next part is asked for.
      for (let at = 0; at < part.length; at += STEP) await zlib(writer.write(part.slice(at, at + STEP)))
    }
    await zlib(writer.close())
  }
  const drain = async (): Promise<void> => {
    let length = 0
    for (let next = await zlib(reader.read()); !next.done; next = await zlib(reader.read())) {
      length += next.value.length
      if (length > limit) fail('input_too_large', { what: 'CompressedData', limit })
      await sink.write(next.value)
    }
  }
  // Each end that fails ends the other: what came first is the cause, source, sink, limit or zlib.
  const causes: unknown[] = []
  const orEnd = (work: Promise<void>, end: (cause: unknown) => Promise<void>): Promise<void> =>
    work.catch((cause: unknown) => {
      causes.push(cause)
      return end(cause).catch(() => undefined)
    })
  await Promise.all([orEnd(feed(), (cause) => writer.abort(cause)), orEnd(drain(), (cause) => reader.cancel(cause))])
  if (causes.length > 0) throw causes[0]
}

/** The platform's errors say only that it is not zlib. */
const zlib = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => fail('cms_malformed', { what: 'compressed content' }, error))

const ZLIB = '1.2.840.113549.1.9.16.3.8'
const SMALL = 1024
// Of zlib, which grows a thousandfold at most: 16 MiB of content.
const STEP = 16 * 1024
