import { fail } from '../errors/index.ts'

const encoder = new TextEncoder()
// A byte order mark is kept as a character: dropping it would give two encodings one value.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 bytes of a text. @throws encoding_malformed on half a surrogate pair, which UTF-8 cannot hold */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) fail('encoding_malformed', { what: 'utf-8' })
  return encoder.encode(text)
}

/** @throws encoding_malformed on bytes that are not shortest-form UTF-8 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return fail('encoding_malformed', { what: 'utf-8' })
  }
}
