// Text of IP addresses. Names carry 4 or 16 bytes, name constraints twice as many (RFC 5280 §4.2.1.6, §4.2.1.10).

import { concat } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'

/**
 * `192.0.2.1`, `2001:db8::1` (RFC 5952), or address and mask joined by a slash.
 * @throws name_malformed unless there are 4, 8, 16 or 32 bytes
 * @example
 * assert.equal(formatIpAddress(Uint8Array.of(192, 0, 2, 1)), '192.0.2.1')
 */
export function formatIpAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.length === 16) return ipv6Text(bytes)
  if (bytes.length === 8 || bytes.length === 32) {
    const half = bytes.length / 2
    return `${formatIpAddress(bytes.subarray(0, half))}/${formatIpAddress(bytes.subarray(half))}`
  }
  return malformed()
}

/**
 * The bytes of what {@link formatIpAddress} writes.
 * @throws name_malformed
 * @example
 * assert.equal(toHex(parseIpAddress('10.0.0.0/255.0.0.0')), '0a000000ff000000')
 */
export function parseIpAddress(text: string): Uint8Array {
  const [address, mask, rest] = text.split('/')
  if (rest !== undefined) malformed()
  const bytes = address!.includes(':') ? ipv6Bytes(address!) : ipv4Bytes(address!)
  if (mask === undefined) return bytes
  const maskBytes = mask.includes(':') ? ipv6Bytes(mask) : ipv4Bytes(mask)
  return maskBytes.length === bytes.length ? concat(bytes, maskBytes) : malformed()
}

function ipv4Bytes(text: string): Uint8Array {
  const parts = text.split('.')
  if (parts.length !== 4) malformed()
  return Uint8Array.from(parts, (part) =>
    /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256 ? Number(part) : malformed(),
  )
}

function ipv6Bytes(text: string): Uint8Array {
  const halves = text.split('::')
  if (halves.length > 2) malformed()
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const gap = 8 - head!.length - (tail?.length ?? 0)
  if (tail ? gap < 1 : gap !== 0) malformed()
  const groups = [...head!, ...Array<string>(tail ? gap : 0).fill('0'), ...(tail ?? [])]
  const bytes = new Uint8Array(16)
  for (const [index, group] of groups.entries()) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) malformed()
    const value = Number.parseInt(group, 16)
    bytes[2 * index] = value >> 8
    bytes[2 * index + 1] = value & 0xff
  }
  return bytes
}

/** The longest run of two or more zero groups becomes `::`, the first of equals (RFC 5952 §4.2). */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16))
  let best = { start: 0, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (groups[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  if (best.length < 2) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}

const malformed = (): never => fail('name_malformed', { what: 'IP address' })
