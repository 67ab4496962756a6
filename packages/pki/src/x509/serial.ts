import { toHex } from '../bytes/index.ts'

/**
 * A serial number as lower-case hexadecimal, the way tools print it: without the sign octet of a positive number,
 * and with a minus sign before the magnitude of a negative one, so that no two serials share a text.
 * Takes the content octets of the INTEGER.
 * @example
 * assert.equal(serialHex(fromHex('00ff')), 'ff')
 * assert.equal(serialHex(fromHex('ff')), '-01')
 */
export function serialHex(serial: Uint8Array): string {
  if (serial[0] === 0 && serial.length > 1) return toHex(serial.subarray(1))
  if ((serial[0] ?? 0) < 0x80) return toHex(serial)
  const magnitude = serial.map((octet) => ~octet & 0xff)
  for (let i = magnitude.length - 1; i >= 0; i--) {
    magnitude[i] = (magnitude[i]! + 1) & 0xff
    if (magnitude[i] !== 0) break
  }
  return `-${toHex(magnitude)}`
}
