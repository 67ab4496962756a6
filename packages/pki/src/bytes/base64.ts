// Base64 in its only form (RFC 4648): no white space, exact padding, unused bits zero. A second spelling of the
// same bytes would let two texts pass for one certificate.

import { fail } from '../errors/index.ts'

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`

/**
 * Base64 with padding (RFC 4648 §4).
 * @example
 * assert.equal(toBase64(Uint8Array.of(1, 2)), 'AQI=')
 */
export const toBase64 = (bytes: Uint8Array): string => encode(bytes, STANDARD, true)
/**
 * Base64 for addresses and file names, without padding (RFC 4648 §5).
 * @example
 * assert.equal(toBase64Url(Uint8Array.of(0xfb, 0xff)), '-_8')
 */
export const toBase64Url = (bytes: Uint8Array): string => encode(bytes, URL_SAFE, false)

/**
 * Reads base64 in its one spelling: padded, no white space, no stray bits (RFC 4648 §4).
 * @throws encoding_malformed
 * @example
 * assert.deepEqual(fromBase64('AQI='), Uint8Array.of(1, 2))
 * assert.throws(() => fromBase64('AQI'), (error) => hasCode(error, 'encoding_malformed'))
 */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) return malformed()
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return decode(text, text.length - padding, STANDARD_VALUES)
}

/**
 * Reads base64url without padding, as JOSE and ACME write it (RFC 4648 §5).
 * @throws encoding_malformed
 * @example
 * assert.deepEqual(fromBase64Url('-_8'), Uint8Array.of(0xfb, 0xff))
 */
export function fromBase64Url(text: string): Uint8Array {
  return decode(text, text.length, URL_SAFE_VALUES)
}

function encode(bytes: Uint8Array, alphabet: string, padded: boolean): string {
  let text = ''
  const whole = bytes.length - (bytes.length % 3)
  for (let i = 0; i < whole; i += 3) {
    const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!
    text +=
      alphabet[group >> 18]! + alphabet[(group >> 12) & 63]! + alphabet[(group >> 6) & 63]! + alphabet[group & 63]!
  }
  if (bytes.length - whole === 1) {
    const last = bytes[whole]!
    text += alphabet[last >> 2]! + alphabet[(last & 3) << 4]! + (padded ? '==' : '')
  } else if (bytes.length - whole === 2) {
    const last = (bytes[whole]! << 8) | bytes[whole + 1]!
    text += alphabet[last >> 10]! + alphabet[(last >> 4) & 63]! + alphabet[(last & 15) << 2]! + (padded ? '=' : '')
  }
  return text
}

function decode(text: string, length: number, values: Int8Array): Uint8Array {
  if (length % 4 === 1) malformed()
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let held = 0
  let bits = 0
  let offset = 0
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? values[code]! : -1
    if (value < 0) malformed()
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[offset++] = (held >> bits) & 0xff
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) malformed()
  return bytes
}

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i
  return values
}

const malformed = (): never => fail('encoding_malformed', { what: 'base64' })
const STANDARD_VALUES = valuesOf(STANDARD)
const URL_SAFE_VALUES = valuesOf(URL_SAFE)
