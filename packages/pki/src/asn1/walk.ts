// Walks DER of which no schema is known, such as the value of a foreign attribute that is kept as bytes.

import { fail } from '../errors/index.ts'

/**
 * Checks that `der` is one well-formed DER element down to its leaves. Works with a list instead of recursion,
 * so depth costs a counter and not the stack.
 * @throws der_malformed, der_too_deep
 */
export function checkDer(der: Uint8Array, what: string): void {
  const ends: number[] = [der.length]
  let offset = 0
  let elements = 0
  while (ends.length > 0) {
    const end = ends[ends.length - 1]!
    if (offset === end) {
      ends.pop()
      continue
    }
    const malformed = (): never => fail('der_malformed', { what, offset })
    if (ends.length === 1 && elements > 0) malformed()
    elements++
    const tag = der[offset]!
    if ((tag & 0x1f) === 0x1f || offset + 2 > end) malformed()
    let length = der[offset + 1]!
    let start = offset + 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      if (octets === 0 || octets > 4 || start + octets > end) malformed()
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + der[start + i]!
      if (length < 0x80 || length < 2 ** (8 * (octets - 1))) malformed()
      start += octets
    }
    if (length > end - start) malformed()
    if (tag & 0x20) {
      if (ends.length > MAX_DEPTH) fail('der_too_deep', { what })
      ends.push(start + length)
      offset = start
    } else {
      offset = start + length
    }
  }
  if (elements === 0) fail('der_malformed', { what, offset: 0 })
}

const MAX_DEPTH = 32
