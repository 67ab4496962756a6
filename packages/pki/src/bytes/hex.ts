import { fail } from '../errors/index.ts'

/**
 * Lower-case hexadecimal, two digits per byte, no separators.
 * @example
 * assert.equal(toHex(Uint8Array.of(0, 255)), '00ff')
 */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  let i = 0
  // Serial numbers and digests are the common case, and four octets a step twice as fast as one.
  for (; i + 4 <= bytes.length; i += 4) {
    const [a, b, c, d] = [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!]
    text += String.fromCharCode(
      digit(a >> 4),
      digit(a & 15),
      digit(b >> 4),
      digit(b & 15),
      digit(c >> 4),
      digit(c & 15),
      digit(d >> 4),
      digit(d & 15),
    )
  }
  for (; i < bytes.length; i++) text += String.fromCharCode(digit(bytes[i]! >> 4), digit(bytes[i]! & 15))
  return text
}

/** Character code of 0 to 9 and a to f. */
const digit = (nibble: number): number => nibble + (nibble < 10 ? 0x30 : 0x57)

/**
 * Reads hexadecimal of either case.
 * @throws encoding_malformed on an odd length or another character
 * @example
 * assert.deepEqual(fromHex('00fF'), Uint8Array.of(0, 255))
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) fail('encoding_malformed', { what: 'hexadecimal' })
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
