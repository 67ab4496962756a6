import { fail } from '../errors/index.ts'
import { latin1 } from './latin1.ts'

/** Lower-case hexadecimal, two digits per byte, no separators. */
export function toHex(bytes: Uint8Array): string {
  const digits = new Uint8Array(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) {
    digits[2 * i] = digitOf(bytes[i]! >> 4)
    digits[2 * i + 1] = digitOf(bytes[i]! & 15)
  }
  return latin1(digits)
}

/** Character code of 0 to 9 and a to f. */
const digitOf = (nibble: number): number => nibble + (nibble < 10 ? 0x30 : 0x57)

/** Reads hexadecimal of either case. @throws encoding_malformed on an odd length or another character */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) fail('encoding_malformed', { what: 'hexadecimal' })
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
