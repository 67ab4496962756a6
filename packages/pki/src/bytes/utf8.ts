import { fail } from '../errors/index.ts'
import { latin1 } from './latin1.ts'

const encoder = new TextEncoder()
// A byte order mark is kept as a character: dropping it would give two encodings one value.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * UTF-8 bytes of a text.
 * @throws encoding_malformed on half a surrogate pair, which UTF-8 cannot hold
 * @example
 * assert.equal(toHex(utf8('é')), 'c3a9')
 */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) fail('encoding_malformed', { what: 'utf-8' })
  return encoder.encode(text)
}

/**
 * Text of UTF-8 octets; a byte order mark stays.
 * @throws encoding_malformed on bytes that are not shortest-form UTF-8
 * @example
 * assert.equal(fromUtf8(fromHex('c3a9')), 'é')
 * assert.throws(() => fromUtf8(fromHex('c0af')), (error) => hasCode(error, 'encoding_malformed'))
 */
export function fromUtf8(bytes: Uint8Array): string {
  // Names are mostly short and ASCII, for which calling the platform costs more than the decoding.
  if (bytes.length <= SHORT) {
    let all = 0
    for (let i = 0; i < bytes.length; i++) all |= bytes[i]!
    if (all < 0x80) return latin1(bytes)
  }
  try {
    return decoder.decode(bytes)
  } catch {
    return fail('encoding_malformed', { what: 'utf-8' })
  }
}

const SHORT = 64
