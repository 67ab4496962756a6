import type { ByteSource } from '@scel/pki/asn1'
import { stop } from '../../ui/cli-error.ts'

/**
 * All of a source. `known` is its length where that is known before it is read.
 * @throws file_too_large, and what the source throws
 */
export async function collect(source: ByteSource, file: string, limit: number, known = 0): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of source) {
    length += part.length
    if (Math.max(length, known) > limit) stop('file_too_large', { file, limit })
    parts.push(Buffer.from(part)) // a source may use its memory again
  }
  const { buffer, byteOffset, byteLength } = Buffer.concat(parts)
  return new Uint8Array(buffer, byteOffset, byteLength)
}
