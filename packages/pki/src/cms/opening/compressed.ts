// CompressedData (RFC 3274): zlib around content. A few octets can become gigabytes, so it is read only when asked for,
// up to a limit that whoever asks gives. Read only.

import type { BerStream } from '../../asn1/ber-stream.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import { COMPRESSED_DATA } from '../oids.ts'
import type { OpenOptions } from '../open-options.ts'
import type { ByteSink } from '../sink.ts'
import { contentParts, enterContent, readVersion } from '../structure.ts'
import type { Told } from './enveloped.ts'

export async function openCompressed(stream: BerStream, options: OpenOptions, sink: ByteSink): Promise<Told> {
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
  const writer = writable.getWriter()
  const feed = async (): Promise<void> => {
    try {
      // A copy: what BerStream hands out holds only until the next part is asked for.
      for await (const part of parts) await writer.write(part.slice())
      await writer.close()
    } catch (error) {
      await writer.abort(error).catch(() => undefined)
      throw error
    }
  }
  const drain = async (): Promise<void> => {
    let length = 0
    const reader = readable.getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        length += next.value.length
        if (length > limit) fail('input_too_large', { what: 'CompressedData', limit })
        await sink.write(next.value)
      }
    } catch (error) {
      await reader.cancel(error).catch(() => undefined)
      throw error
    }
  }
  const [fed, drained] = await Promise.allSettled([feed(), drain()])
  // The first cause is that of whoever has a name for it; the platform's own errors only say that it is not zlib.
  const causes = [drained, fed].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (causes.length === 0) return
  const known = causes.find(isPkiError)
  if (known) throw known
  const foreign = causes.find((one) => !(one instanceof TypeError) && !(one instanceof Error && 'code' in one))
  if (foreign) throw foreign
  fail('cms_malformed', { what: 'compressed content' }, causes[0])
}

const ZLIB = '1.2.840.113549.1.9.16.3.8'
const SMALL = 1024
